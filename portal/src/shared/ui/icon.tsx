import { type IconName, iconPaths } from './iconPaths.ts'

export type { IconName }

/** An outline in the color of the text around it. It repeats a word and is hidden from assistive technology. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg
      class={small ? 'icon sm14' : 'icon'}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={iconPaths[name]} />
    </svg>
  )
}
