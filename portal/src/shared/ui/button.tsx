import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

type Look = 'primary' | 'tint' | 'quiet' | 'danger'
type Shape = {
  look?: Look | undefined
  size?: 'sm' | 'lg' | undefined
  icon?: IconName | undefined
  block?: boolean | undefined
}

const classOf = ({ look, size, block }: Shape, square: boolean) =>
  ['btn', look, size, square && 'square', block && 'block'].filter(Boolean).join(' ')

type ButtonProps = Shape & {
  children: ComponentChildren
  type?: 'button' | 'submit'
  /** While the answer is awaited: cannot be pressed again, keeps its place and focus. */
  busy?: boolean
  disabled?: boolean
  /** Not yet: cannot be pressed but can be reached, because it will be possible in a moment. */
  waiting?: boolean
  form?: string
  onClick?: () => void
}

/** One `primary` per view or dialog (UI.md §8). */
export function Button({
  children,
  type = 'button',
  busy = false,
  disabled = false,
  waiting = false,
  form,
  onClick,
  ...shape
}: ButtonProps) {
  return (
    <button
      class={classOf(shape, false)}
      type={type}
      form={form}
      disabled={disabled}
      aria-busy={busy ? 'true' : undefined}
      aria-disabled={waiting ? 'true' : undefined}
      onClick={(event) => {
        if (busy || (waiting && type === 'button')) event.preventDefault()
        else onClick?.()
      }}
    >
      {shape.icon && <Icon name={shape.icon} />}
      {children}
    </button>
  )
}

/** A square button that shows only an icon; `label` is what assistive technology reads. */
export function IconButton({
  icon,
  label,
  size,
  look = 'quiet',
  disabled = false,
  onClick,
}: {
  icon: IconName
  label: string
  size?: 'sm'
  look?: Look
  disabled?: boolean
  onClick: () => void
}) {
  return (
    <button
      class={classOf({ look, size }, true)}
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  )
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ href, children, ...shape }: Shape & { href: string; children: ComponentChildren }) {
  return (
    <a class={classOf(shape, false)} href={href}>
      {shape.icon && <Icon name={shape.icon} />}
      {children}
    </a>
  )
}
