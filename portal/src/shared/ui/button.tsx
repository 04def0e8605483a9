import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

type Look = 'primary' | 'tint' | 'quiet' | 'danger'
type Shape = {
  look?: Look | undefined
  size?: 'sm' | 'lg' | undefined
  icon?: IconName | undefined
  block?: boolean | undefined
}

const buttonClass = ({ look, size, block }: Shape, square: boolean) =>
  ['btn', look, size, square && 'square', block && 'block'].filter(Boolean).join(' ')

type ButtonProps = Shape & {
  children: ComponentChildren
  type?: 'button' | 'submit'
  /** A request is in flight: not clickable, but keeps its place and focus. */
  busy?: boolean
  disabled?: boolean
  /** Temporarily unavailable: not clickable, but focusable. */
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
      class={buttonClass(shape, false)}
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

/** A square button with only an icon; `label` is its accessible name. */
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
      class={buttonClass({ look, size }, true)}
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

/** A square link with only an icon; `label` is its accessible name. `hint` adds its key for those who point at it. */
export function IconLink({
  icon,
  label,
  hint,
  href,
  rel,
}: {
  icon: IconName
  label: string
  hint: string
  href: string
  rel?: string
}) {
  return (
    <a class="btn quiet square" href={href} rel={rel} aria-label={label} title={hint}>
      <Icon name={icon} />
    </a>
  )
}

/** A link styled as a button, for navigation only. */
export function ButtonLink({ href, children, ...shape }: Shape & { href: string; children: ComponentChildren }) {
  return (
    <a class={buttonClass(shape, false)} href={href}>
      {shape.icon && <Icon name={shape.icon} />}
      {children}
    </a>
  )
}
