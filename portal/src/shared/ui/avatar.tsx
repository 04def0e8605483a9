import { hueOf, initials as initialsOf } from '@goodword/domain'

type AvatarProps = {
  name: string
  /** Set when the name is a placeholder. */
  initials?: string
  /** Hue in degrees; by default derived from the name. */
  hue?: number
  size?: 'sm' | 'lg' | 'xl'
}

/** Initials on a tint. Hidden from assistive technology, because the name is always next to it. */
export function Avatar({ name, initials = initialsOf(name), hue = hueOf(name), size }: AvatarProps) {
  return (
    <span class={size ? `avatar ${size}` : 'avatar'} style={{ '--h': String(hue) }} aria-hidden="true">
      {initials}
    </span>
  )
}
