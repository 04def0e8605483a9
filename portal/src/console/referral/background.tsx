import type { ReferralBackground, ReferralDetail, ReferralNote } from '@goodword/contracts'
import { useMemo } from 'preact/hooks'
import { Button, IconButton } from '../../shared/ui/button.tsx'
import { TextArea } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime } from '../core/relativeDates.ts'
import { MessageDialog } from '../messages/message.dialog.tsx'
import { MessageBadge } from '../messages/messageBadge.tsx'
import { createMessages } from '../messages/messages.model.ts'
import type { ReferralModel } from './referral.model.ts'

function useDateFormatter() {
  const { now, me } = useConsole()
  return (at: string) => dayAndTime(at, now.value, me.organization.timeZone)
}

/** Shown in place of a card's content that failed to load, with a retry button. */
function LoadError({ model, what }: { model: ReferralModel; what: string }) {
  const failure = model.background.failure.value
  if (!failure) return <p class="body muted">Loading…</p>
  return (
    <div class="body">
      <Notice
        tone="bad"
        action={
          <Button size="sm" onClick={() => void model.background.load()}>
            Try again
          </Button>
        }
      >
        <b>{what} did not load.</b> {loadFailureText(failure)}
      </Notice>
    </div>
  )
}

function Note({ note, model }: { note: ReferralNote; model: ReferralModel }) {
  const moment = useDateFormatter()
  const { toasts } = useConsole()
  const remove = async () => {
    if (!(await model.notes.remove(note.id))) return
    const run = () => void model.notes.add(note.text)
    toasts.show({ icon: 'trash', text: 'Note deleted.', action: { label: 'Undo', run } })
  }
  return (
    <li>
      <p>{note.text}</p>
      <small>
        {note.by}, {moment(note.at)}
      </small>
      {note.own && <IconButton size="sm" icon="trash" label="Delete this note" onClick={() => void remove()} />}
    </li>
  )
}

/** Internal notes; never shown to advocates or friends, and the panel says so. */
export function Notes({ model }: { model: ReferralModel }) {
  const { notes } = model
  const known = model.background.data.value
  const failure = notes.sending.failure.value
  return (
    <section class="card notes">
      <header>
        <h2>Notes</h2>
        <span class="tag">
          <Icon name="lock" small /> Internal
        </span>
      </header>
      <form
        class="body form"
        onSubmit={(event) => {
          event.preventDefault()
          void notes.save()
        }}
      >
        {failure && <Notice tone="bad">{failure.sentence}</Notice>}
        <TextArea
          label="New note"
          hiddenLabel
          rows={2}
          value={notes.text.value}
          error={notes.sending.errors.value.text}
          onInput={(text) => {
            notes.text.value = text
          }}
        />
        <Button type="submit" size="sm" busy={notes.sending.busy.value}>
          Add note
        </Button>
      </form>
      {!known && <LoadError model={model} what="Notes" />}
      {known?.notes.length === 0 && <p class="body muted">No notes yet. Advocates and friends never see notes.</p>}
      {known && known.notes.length > 0 && (
        <ul class="note-list">
          {known.notes.map((note) => (
            <Note key={note.id} note={note} model={model} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** Every email and text about the referral; each opens as it was sent. */
export function MessagesSent({ model }: { model: ReferralModel }) {
  const { client } = useConsole()
  const moment = useDateFormatter()
  const messages = useMemo(() => createMessages({ client, navigate: () => undefined }), [client])
  const known = model.background.data.value
  return (
    <section class="card">
      <header>
        <h2>Messages</h2>
      </header>
      {!known && <LoadError model={model} what="Messages" />}
      {known?.messages.length === 0 && <p class="body muted">No messages about this referral yet.</p>}
      <ul class="lines">
        {known?.messages.map((message) => (
          <li key={message.id}>
            <Icon name={message.channel === 'email' ? 'mail' : 'message'} />
            <span>
              <button type="button" class="link" onClick={() => messages.open(message.id)}>
                {message.subject}
              </button>
              <small>
                To {message.name ?? message.to}, {moment(message.at)}
              </small>
            </span>
            <MessageBadge state={message.state} />
          </li>
        ))}
      </ul>
      {messages.opened.value !== null && <MessageDialog model={messages} />}
    </section>
  )
}

export function AuditTrail({ model }: { model: ReferralModel }) {
  const moment = useDateFormatter()
  const known = model.background.data.value
  return (
    <section class="card">
      <header>
        <h2>Audit trail</h2>
      </header>
      {!known && <LoadError model={model} what="The audit trail" />}
      {known?.audit.length === 0 && <p class="body muted">Changes by a person or a key appear here.</p>}
      <ul class="lines">
        {known?.audit.map((entry) => (
          <li key={entry.id}>
            <span>
              {entry.label}
              <small>
                {entry.by}, {moment(entry.at)}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const duplicateReasonLabels: Record<string, string> = {
  email_and_phone_differ: 'Email and phone belong to two contacts',
  same_phone_other_name: 'The same phone with another name',
  same_canonical_email: 'An email that differs only in dots or a tag',
}

/** Contacts who may be the same person as the friend; merging is done on the contact. */
export function Duplicates({ model, referral }: { model: ReferralModel; referral: ReferralDetail }) {
  const found: ReferralBackground['duplicates'] = model.background.data.value?.duplicates ?? []
  if (found.length === 0) return null
  return (
    <section class="card">
      <header>
        <h2>Possibly the same person</h2>
      </header>
      <ul class="lines">
        {found.map(({ contactId, name, reason }) => (
          <li key={contactId}>
            <span>
              <a href={`/console/contacts/${contactId}`}>{name}</a>
              <small>{duplicateReasonLabels[reason] ?? 'Possible duplicate'}</small>
            </span>
          </li>
        ))}
      </ul>
      {referral.friend.contactId && (
        <footer>
          Merge or separate them on <a href={`/console/contacts/${referral.friend.contactId}`}>the friend’s contact</a>.
        </footer>
      )}
    </section>
  )
}
