import type { Connection } from '@goodword/contracts'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime, shortDay } from '../core/relativeDates.ts'
import type { ConnectionsModel } from './connections.model.ts'
import { kindTexts, makesOwnSecret, secretName } from './kinds.labels.ts'

function Secret({ model, connection }: { model: ConnectionsModel; connection: Connection }) {
  const { now, me } = useConsole()
  const { timeZone } = me.organization
  const { kind, secret, previousSecretUntil } = connection
  const name = secretName(kind)
  if (!secret) {
    return (
      <Notice
        tone="warn"
        action={
          <Button size="sm" onClick={() => model.ask('replace')}>
            Enter secret
          </Button>
        }
      >
        {kindTexts[kind].secret} Nothing is accepted until you enter it here.
      </Notice>
    )
  }
  if (connection.state === 'secret_unreadable') {
    return (
      <Notice
        tone="bad"
        action={
          <Button size="sm" icon="refresh" onClick={() => model.ask('replace')}>
            Replace…
          </Button>
        }
      >
        <b>The {name.toLowerCase()} can’t be read anymore,</b> because this installation got another secret since.
        Events are put off until you replace it and enter the new one in the other system.
      </Notice>
    )
  }
  const made = shortDay(Date.parse(secret.createdAt), now.value, timeZone)
  const by = secret.createdByName === null ? '' : ` by ${secret.createdByName}`
  const verb = makesOwnSecret(kind) ? 'Entered' : 'Made'
  return (
    <div class="field">
      <span class="label">{name}</span>
      <div class="kb">
        <span class="mono" aria-hidden="true">
          {kind === 'token' ? 'gwt_' : kind === 'woocommerce' ? '' : 'whsec_'}••••••••••••••••••••••••
        </span>
        <span class="sr-only">The {name.toLowerCase()} is hidden.</span>
        <Button size="sm" icon="refresh" onClick={() => model.ask('replace')}>
          Replace…
        </Button>
      </div>
      <span class="hint">
        {verb} {made}
        {by}
        {makesOwnSecret(kind) ? '.' : ' and shown once.'}{' '}
        {previousSecretUntil
          ? `The one before works until ${dayAndTime(previousSecretUntil, now.value, timeZone)}.`
          : 'When you replace it, the old one works for 24 more hours.'}
      </span>
    </div>
  )
}

/** Where the system sends its events, and what they are signed with. */
export function SendHereCard({ model, connection }: { model: ConnectionsModel; connection: Connection }) {
  const { address, guide } = kindTexts[connection.kind]
  return (
    <section class="card">
      <header>
        <h2>1. Send job events here</h2>
        <a href={`/docs/guides/${guide}`} target="_blank" rel="noreferrer">
          Guide
        </a>
      </header>
      <div class="body stack">
        <div class="field">
          <span class="label">Address</span>
          <div class="kb">
            <span class="mono">{connection.url}</span>
            <CopyButton text={connection.url} what="the address" />
          </div>
          <span class="hint">{address}</span>
        </div>
        <Secret model={model} connection={connection} />
      </div>
    </section>
  )
}
