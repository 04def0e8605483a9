import { type ApiKey, scopes } from '@goodword/contracts'
import { useRef, useState } from 'preact/hooks'
import { Button, IconButton } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { focusFirstError, TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadSentence } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { ago } from '../core/when.ts'
import type { InstallModel } from './install.model.ts'

type Reach = 'referrals' | 'all'
const reaches: Record<Reach, { label: string; scopes: (typeof scopes)[number][] }> = {
  referrals: { label: 'Referrals only', scopes: ['referrals:read', 'referrals:write', 'advocates:read'] },
  all: { label: 'Everything', scopes: [...scopes] },
}

function CreatedOnce({ model, close }: { model: InstallModel; close: () => void }) {
  const key = model.created.value
  if (!key) return null
  return (
    <Dialog
      title="Your secret key"
      description={`${key.name}. It is shown this once; we keep only a fingerprint of it.`}
      onClose={close}
      actions={
        <Button look="primary" onClick={close}>
          I have kept it
        </Button>
      }
    >
      <div class="form keys">
        <div class="kb">
          <span class="mono">{key.key}</span>
          <CopyButton text={key.key} what="the secret key" />
        </div>
        <p class="muted">For your server only. Anyone who has it can act for your business.</p>
      </div>
    </Dialog>
  )
}

function CreateDialog({ model, close }: { model: InstallModel; close: () => void }) {
  const [reach, setReach] = useState<Reach>('referrals')
  const form = useRef<HTMLFormElement>(null)
  const { creating } = model
  const failure = creating.failure.value
  return (
    <Dialog
      title="Create a secret key"
      description="For a server of yours that creates and converts referrals."
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form="create-key" look="primary" busy={creating.busy.value}>
            Create key
          </Button>
        </>
      }
    >
      <form
        id="create-key"
        class="form"
        ref={form}
        noValidate
        onSubmit={async (event) => {
          event.preventDefault()
          if (await model.createSecret(reaches[reach].scopes)) close()
          else if (form.current) focusFirstError(form.current)
        }}
      >
        {failure && Object.keys(failure.fields).length === 0 && <Notice tone="bad">{failure.sentence}</Notice>}
        <TextField
          label="Name"
          hint="What it is for, such as “Job system”."
          autofocus
          value={model.keyName.value}
          error={creating.errors.value.name}
          onInput={(text) => {
            model.keyName.value = text
          }}
        />
        <div class="field">
          <span class="label">May use</span>
          <Segmented
            label="May use"
            value={reach}
            options={[
              { value: 'referrals', label: reaches.referrals.label },
              { value: 'all', label: reaches.all.label },
            ]}
            onChange={setReach}
          />
        </div>
      </form>
    </Dialog>
  )
}

function RevokeDialog({ apiKey, model, close }: { apiKey: ApiKey; model: InstallModel; close: () => void }) {
  return (
    <Dialog
      title={`Revoke ${apiKey.name}`}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Keep it</Button>
          <Button
            look="danger"
            onClick={() => {
              close()
              void model.revoke(apiKey.id)
            }}
          >
            Revoke key
          </Button>
        </>
      }
    >
      <p class="form">Whatever uses it is refused from then on. This cannot be undone.</p>
    </Dialog>
  )
}

function Publishable({ model, writable }: { model: InstallModel; writable: boolean }) {
  const key = model.publishable.value
  return (
    <div class="field">
      <span class="label">Publishable, safe in a web page</span>
      {key ? (
        <div class="kb">
          <span class="mono">{key}</span>
          <CopyButton iconOnly text={key} what="the publishable key" />
        </div>
      ) : (
        writable && <Button onClick={() => void model.createPublishable()}>Create a publishable key</Button>
      )}
    </div>
  )
}

function Secret({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: (() => void) | null }) {
  const { now, me } = useConsole()
  const used = apiKey.lastUsedAt
    ? `Used ${ago(apiKey.lastUsedAt, now.value, me.organization.timeZone)}`
    : 'Never used yet'
  return (
    <li>
      <span>
        <b>{apiKey.name}</b>
        <small>
          <span class="mono">{apiKey.display}</span> · {used}
        </small>
      </span>
      {onRevoke && <IconButton icon="trash" size="sm" label={`Revoke ${apiKey.name}`} onClick={onRevoke} />}
    </li>
  )
}

/** The keys of the organization: one for its pages, secret ones for its servers. */
export function Keys({ model, writable }: { model: InstallModel; writable: boolean }) {
  const [open, setOpen] = useState<'create' | ApiKey | null>(null)
  const { data, failure } = model.keys
  const close = () => setOpen(null)
  const secrets = model.secrets.value
  return (
    <section class="card">
      <header>
        <h2>Keys</h2>
        {writable && (
          <Button size="sm" icon="plus" onClick={() => setOpen('create')}>
            Secret key
          </Button>
        )}
      </header>
      {!data.value && failure.value && (
        <ErrorState title="Keys did not load" onRetry={model.keys.load}>
          {loadSentence(failure.value)}
        </ErrorState>
      )}
      {!data.value && !failure.value && <Skeleton rows={2} label="Loading keys" />}
      {data.value && (
        <div class="body keys">
          <Publishable model={model} writable={writable} />
          <div class="field">
            <span class="label">Secret, for your server only</span>
            {secrets.length === 0 && <p class="muted">None yet. A server needs one to send conversions.</p>}
            <ul class="secrets">
              {secrets.map((key) => (
                <Secret key={key.id} apiKey={key} onRevoke={writable ? () => setOpen(key) : null} />
              ))}
            </ul>
          </div>
        </div>
      )}
      {open === 'create' && <CreateDialog model={model} close={close} />}
      {open !== null && open !== 'create' && <RevokeDialog apiKey={open} model={model} close={close} />}
      <CreatedOnce
        model={model}
        close={() => {
          model.created.value = null
        }}
      />
    </section>
  )
}
