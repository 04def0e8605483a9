import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

type StateProps = {
  title: string
  /** What happened or will happen, in a sentence. */
  children?: ComponentChildren
  /** One or two buttons or links. */
  actions?: ComponentChildren
  /** 2 when it is directly below the page's h1. */
  level?: 2 | 3
  /** Draws a card around it; leave out inside a card. */
  card?: boolean
}

function State({
  icon,
  bad,
  title,
  children,
  actions,
  level = 3,
  card,
}: StateProps & { icon: IconName; bad: boolean }) {
  const Heading = `h${level}` as const
  return (
    <div class={`${card ? 'card ' : ''}state${bad ? ' bad' : ''}`} role={bad ? 'alert' : undefined}>
      <span class="ico">
        <Icon name={icon} />
      </span>
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {actions && <div class="row">{actions}</div>}
    </div>
  )
}

/** A list without entries or without matches. */
export function EmptyState({ icon, ...rest }: StateProps & { icon: IconName }) {
  return <State icon={icon} bad={false} {...rest} />
}

/** Something failed to load. Announced at once. */
export function ErrorState({
  onRetry,
  retry = 'Try again',
  actions,
  ...rest
}: StateProps & { onRetry: () => void; retry?: string }) {
  return (
    <State
      icon="offline"
      bad
      {...rest}
      actions={
        <>
          <button class="btn primary" type="button" onClick={onRetry}>
            <Icon name="retry" />
            {retry}
          </button>
          {actions}
        </>
      }
    />
  )
}
