import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { isAdmin } from '../core/isAdmin.ts'
import { Page } from '../core/page.tsx'
import './settings.css'

/** The sections of Settings in their order; each is a page at /console/settings/<id>. */
const sections = [
  { id: 'organization', label: 'Organization', icon: 'settings' },
  { id: 'members', label: 'Members', icon: 'users' },
  { id: 'features', label: 'Features', icon: 'grid' },
  { id: 'gift-cards', label: 'Gift cards', icon: 'gift', admins: true },
  { id: 'keys', label: 'Keys', icon: 'lock' },
  { id: 'webhooks', label: 'Webhooks', icon: 'send' },
  { id: 'move', label: 'Import and export', icon: 'arrow-up-down', admins: true },
  { id: 'audit', label: 'Audit trail', icon: 'list', admins: true },
] as const satisfies readonly {
  id: string
  label: string
  icon: IconName
  /** Only for owners and admins. */
  admins?: true
}[]

export type SettingsSection = (typeof sections)[number]['id']

const sectionPath = (id: SettingsSection) => `/console/settings/${id}`

/** One section of Settings, with the list of all sections next to it, or above it on narrow screens. */
export function SettingsFrame({
  section,
  lead,
  actions,
  children,
}: {
  section: SettingsSection
  /** The purpose of this section, in one sentence. */
  lead: ComponentChildren
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  const admin = isAdmin(useConsole().me)
  const list = useRef<HTMLElement>(null)
  // On a phone the list scrolls sideways; keep the current section in view.
  useEffect(() => {
    const mark = list.current?.querySelector<HTMLElement>('[aria-current]')
    if (mark) list.current?.scrollTo({ left: mark.offsetLeft - 80 })
  }, [section])
  const here = sections.find(({ id }) => id === section)
  const shown = admin || !(here && 'admins' in here)
  return (
    <Page title={here?.label ?? ''} crumb={{ href: '/console/settings', label: 'Settings' }} actions={shown && actions}>
      <div class="settings">
        <nav ref={list} class="parts" aria-label="Settings">
          {sections
            .filter((one) => admin || !('admins' in one))
            .map(({ id, label, icon }) => (
              <a key={id} href={sectionPath(id)} aria-current={id === section ? 'page' : undefined}>
                <Icon name={icon} />
                {label}
              </a>
            ))}
        </nav>
        <div class="part">
          <p class="lead">{lead}</p>
          {shown ? (
            children
          ) : (
            <EmptyState card level={2} icon="lock" title="For owners and admins">
              Ask one of them for access. Your role is staff.
            </EmptyState>
          )}
        </div>
      </div>
    </Page>
  )
}

/** /console/settings redirects to its first section. */
export function SettingsHome() {
  const { route } = useLocation()
  useEffect(() => route(sectionPath(sections[0].id), true), [])
  return null
}
