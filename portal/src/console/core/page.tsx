import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Icon } from '../../shared/ui/icon.tsx'

let focusedPath: string | null = null

/** Header and body of a screen. Sets the document title, and moves focus to the h1 after a navigation. */
export function Page({
  title,
  crumb,
  beside,
  actions,
  children,
}: {
  title: string
  crumb?: { href: string; label: string }
  /** Badge or tag next to the title. */
  beside?: ComponentChildren
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  // Not the location's path: while a screen loads, the previous one is still mounted and already sees the new location.
  const { path } = useRoute()
  useEffect(() => {
    document.title = `${title} · Goodword`
  }, [title])
  useEffect(() => {
    if (focusedPath !== null && focusedPath !== path) heading.current?.focus({ preventScroll: true })
    focusedPath = path
  }, [path])
  return (
    <>
      <div class="page-head">
        {crumb && (
          <>
            <a class="crumb" href={crumb.href}>
              {crumb.label}
            </a>
            <span class="muted">
              <Icon name="chevron-right" />
            </span>
          </>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {beside}
        <span class="grow" />
        {actions && <span class="actions">{actions}</span>}
      </div>
      {children}
    </>
  )
}
