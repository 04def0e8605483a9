import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'

const icons: Record<'warn' | 'bad' | 'good' | 'info', IconName> = {
  warn: 'alert',
  bad: 'alert',
  good: 'converted',
  info: 'info',
}

/** An inline message. A `bad` one is announced at once. */
export function Notice({
  tone,
  children,
  action,
}: {
  tone: keyof typeof icons
  children: ComponentChildren
  action?: ComponentChildren
}) {
  return (
    <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={icons[tone]} />
      <span>{children}</span>
      {action}
    </div>
  )
}
