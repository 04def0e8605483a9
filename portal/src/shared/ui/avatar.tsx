import { hueOf, initials as initialsOf } from '@goodword/domain'

type AvatarProps = {
  name: string
  /** When the name itself is not known, only what stands for it. */
  initials?: string
  /** Degrees; without it a steady one is taken from the name. */
  hue?: number
  size?: 'sm' | 'lg' | 'xl'
}

/** Initials on a tint. The name is always written beside it, so it is hidden from assistive technology. */
export function Avatar({ name, initials = initialsOf(name), hue = hueOf(name), size }: AvatarProps) {
  return (
    <span class={size ? `avatar ${size}` : 'avatar'} style={{ '--h': String(hue) }} aria-hidden="true">
      {initials}
    </span>
  )
}
