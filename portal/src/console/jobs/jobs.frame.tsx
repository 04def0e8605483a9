import type { Connection } from '@goodword/contracts'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { isAdmin } from '../core/isAdmin.ts'
import { Page } from '../core/page.tsx'
import { createResource } from '../core/resource.ts'
import { WithCampaignNames } from './campaignNamesOf.tsx'
import { connectionMark } from './connectionMark.ts'
import { FinishJobDialog } from './finishJob.dialog.tsx'
import { JobsFrameContext } from './jobsFrame.context.ts'
import './jobs.css'

/** The tabs of Jobs in their order; each is a page of its own. */
/** `holds` are pages that one opens from a tab. */
const tabs: readonly { path: string; label: string; admins?: true; holds?: string }[] = [
  { path: '/console/jobs', label: 'What happened' },
  { path: '/console/jobs/ask', label: 'When to ask' },
  { path: '/console/jobs/connect', label: 'Connect', admins: true, holds: '/console/jobs/import' },
]

function ConnectionState({ known }: { known: readonly Connection[] }) {
  const { now, me } = useConsole()
  const { tone, icon, text } = connectionMark(known, now.value, me.organization.timeZone)
  return (
    <span class={`connection-state ${tone}`}>
      <Icon name={icon} />
      {text}
    </span>
  )
}

function SwitchedOff() {
  const admin = isAdmin(useConsole().me)
  return (
    <EmptyState
      card
      level={2}
      icon="wrench"
      title="Jobs is switched off"
      actions={admin && <ButtonLink href="/console/settings/features">Open features</ButtonLink>}
    >
      {admin
        ? 'Switch it on to ask happy customers for referrals after their job. Everything it saved is still there.'
        : 'An owner or admin can switch it on under Settings, Features.'}
    </EmptyState>
  )
}

/** One tab of Jobs, with its own actions if it has any, and with the row of tabs and the state of the connections above it. */
export function JobsFrame({ actions, children }: { actions?: ComponentChildren; children: ComponentChildren }) {
  const { client, me, jobs, toasts } = useConsole()
  const [finishing, setFinishing] = useState(false)
  const isOn = me.organization.features.includes('jobs')
  const connections = useMemo(
    () => createResource((abort) => client.connections.list(undefined, { signal: abort })),
    [client],
  )
  useEffect(() => {
    if (isOn) void connections.load()
  }, [connections, isOn])
  const known = connections.data.value?.items
  const { path } = useRoute()
  const admin = isAdmin(me)
  if (!isOn) {
    return (
      <Page title="Jobs">
        <SwitchedOff />
      </Page>
    )
  }
  return (
    <Page
      title="Jobs"
      actions={
        actions ?? (
          <Button look="primary" icon="wrench" onClick={() => setFinishing(true)}>
            Job finished…
          </Button>
        )
      }
    >
      <div class="tabrow">
        <nav class="tabs" aria-label="Jobs">
          {tabs
            .filter((tab) => admin || !tab.admins)
            .map((tab) => (
              <a
                key={tab.path}
                href={tab.path}
                aria-current={tab.path === path ? 'page' : tab.holds === path ? 'true' : undefined}
              >
                {tab.label}
              </a>
            ))}
        </nav>
        {known && <ConnectionState known={known} />}
      </div>
      <JobsFrameContext.Provider value={{ connections: known ?? [], finishJob: () => setFinishing(true) }}>
        <WithCampaignNames>{children}</WithCampaignNames>
      </JobsFrameContext.Provider>
      {finishing && (
        <FinishJobDialog
          of={null}
          onClose={() => setFinishing(false)}
          onSaved={() => {
            setFinishing(false)
            toasts.show({ text: 'Job saved.' })
            void jobs.load()
          }}
        />
      )}
    </Page>
  )
}
