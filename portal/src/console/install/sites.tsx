import type { Site } from '@goodword/contracts'
import { useRef, useState } from 'preact/hooks'
import { Button, IconButton } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { TextField } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { formatAgo, shortDay } from '../core/relativeDates.ts'
import type { InstallModel } from './install.model.ts'

function LastSeen({ site }: { site: Site }) {
  const { now, me } = useConsole()
  if (!site.lastSeenAt) return <span class="muted">Not seen yet</span>
  const when = formatAgo(site.lastSeenAt, Math.max(now.value, Date.now()), me.organization.timeZone)
  return (
    <span class="saved">
      <Icon name="check" />
      Seen {when}
      {site.lastMode === 'test' && ', test key'}
    </span>
  )
}

function FirstSeen({ site: { firstSeenAt, lastVersion } }: { site: Site }) {
  const { now, me } = useConsole()
  if (!firstSeenAt) return null
  const day = shortDay(Date.parse(firstSeenAt), now.value, me.organization.timeZone)
  return (
    <small>
      First seen {day}
      {lastVersion && `, tag ${lastVersion} now`}
    </small>
  )
}

function RemoveDialog({ site, model, close }: { site: Site; model: InstallModel; close: () => void }) {
  return (
    <Dialog
      title={`Remove ${site.origin}`}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            look="danger"
            onClick={() => {
              close()
              void model.removeSite(site.id)
            }}
          >
            Remove
          </Button>
        </>
      }
    >
      <p class="form">The form stops working there right away. Links and hosted pages keep working.</p>
    </Dialog>
  )
}

function AddSite({ model }: { model: InstallModel }) {
  const form = useRef<HTMLFormElement>(null)
  return (
    <form
      class="orgadd"
      ref={form}
      noValidate
      onSubmit={async (event) => {
        event.preventDefault()
        await model.addSite()
        form.current?.querySelector('input')?.focus()
      }}
    >
      <TextField
        label="Add a website"
        hiddenLabel
        type="url"
        mono
        placeholder="https://www.example.com"
        value={model.origin.value}
        error={model.adding.errors.value.origin}
        onInput={(text) => {
          model.origin.value = text
        }}
      />
      <Button type="submit" busy={model.adding.busy.value}>
        Add
      </Button>
    </form>
  )
}

/** The websites allowed to embed the form, each with when it was last seen. */
export function Sites({ model, writable }: { model: InstallModel; writable: boolean }) {
  const [removing, setRemoving] = useState<Site | null>(null)
  const { data, failure } = model.check
  const items = data.value?.sites ?? []
  return (
    <div class="card">
      {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
      {!data.value && failure.value && (
        <ErrorState title="Websites did not load" onRetry={model.poll}>
          {loadFailureText(failure.value)}
        </ErrorState>
      )}
      {!data.value && !failure.value && <Skeleton rows={2} label="Loading websites" />}
      {data.value && items.length === 0 && <p class="none">No website is allowed yet, so the form stays hidden.</p>}
      <ul class="org">
        {items.map((site) => (
          <li key={site.id}>
            <Icon name="globe" />
            <span>
              <span class="mono">{site.origin}</span>
              <FirstSeen site={site} />
            </span>
            <LastSeen site={site} />
            {writable && (
              <IconButton icon="trash" size="sm" label={`Remove ${site.origin}`} onClick={() => setRemoving(site)} />
            )}
          </li>
        ))}
      </ul>
      {writable && <AddSite model={model} />}
      {removing && <RemoveDialog site={removing} model={model} close={() => setRemoving(null)} />}
    </div>
  )
}
