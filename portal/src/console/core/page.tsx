import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Icon } from '../../shared/ui/icon.tsx'

let arrivedAt: string | null = null

/** Head and body of a screen. The title follows, and after a navigation focus moves to the h1. */
export function Page({
  title,
  crumb,
  beside,
  actions,
  children,
}: {
  title: string
  crumb?: { href: string; label: string }
  /** Badge or tag beside the title. */
  beside?: ComponentChildren
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  // Not the location's: while a screen loads, the one before it is still drawn and already knows the new location.
  const { path } = useRoute()
  useEffect(() => {
    document.title = `${title} · Goodword`
  }, [title])
  useEffect(() => {
    if (arrivedAt !== null && arrivedAt !== path) heading.current?.focus({ preventScroll: true })
    arrivedAt = path
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
        {actions}
      </div>
      {children}
    </>
  )
}
