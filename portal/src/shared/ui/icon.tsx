import { type IconName, iconPaths } from './iconPaths.ts'

export type { IconName }

/** An outline icon in the text color. Decorative: the text next to it says the same. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg
      class={['icon', small && 'sm14', /-(left|right)$/.test(name) && 'turns'].filter(Boolean).join(' ')}
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
