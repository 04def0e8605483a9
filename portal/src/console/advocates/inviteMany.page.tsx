import type { InvitationRow } from '@goodword/contracts'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { Check, focusFirstError, TextArea } from '../../shared/ui/field.tsx'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { Dash, Table, TableHead } from '../../shared/ui/table.tsx'
import { CampaignChoice } from '../core/campaignChoice.tsx'
import { useConsole } from '../core/console.ts'
import { CsvFile } from '../core/csvFile.tsx'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { pluralize } from '../core/relativeDates.ts'
import { columnLabels, createInviteMany, type InviteManyModel, sendLabel, summarizeRows } from './inviteMany.model.ts'
import './inviteMany.css'

const crumb = { href: '/console/advocates', label: 'Advocates' }

const example = 'Name, Email, Phone\nAnna Kowalski, anna@example.com, (415) 555-0101'

function PasteStep({ model }: { model: InviteManyModel }) {
  const form = useRef<HTMLFormElement>(null)
  const { lines } = model
  const { errors, failure, busy } = model.reading
  const read = async () => {
    if (!(await model.read()) && form.current) focusFirstError(form.current)
  }
  return (
    <form
      class="card form pasting"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void read()
      }}
    >
      {failure.value && Object.keys(failure.value.fields).length === 0 && (
        <Notice tone="bad">{failure.value.sentence}</Notice>
      )}
      <CampaignChoice campaignId={model.campaignId} purpose="invite anyone to" width="min(360px, 100%)" />
      <TextArea
        label="People to invite"
        rows={12}
        value={lines.text.value}
        error={errors.value.text}
        hint={`One person per line, up to 1,000: name, email and phone in any order, for example from a spreadsheet. For example: ${example.split('\n')[1]}`}
        onInput={lines.type}
      />
      <div class="row">
        <CsvFile lines={lines} />
        <span class="grow" />
        <Button type="submit" look="primary" busy={busy.value} disabled={model.campaignId.value === ''}>
          {busy.value ? 'Reading…' : 'Preview list'}
        </Button>
      </div>
    </form>
  )
}

const statusTags: Record<InvitationRow['state'], { badge: string; icon: IconName; word: string }> = {
  new: { badge: 'converted', icon: 'user-plus', word: 'New' },
  known: { badge: 'accepted', icon: 'user-check', word: 'Existing contact' },
  advocate: { badge: 'expired', icon: 'check', word: 'Already an advocate' },
  repeated: { badge: 'expired', icon: 'copy', word: 'Repeated' },
  wrong: { badge: 'declined', icon: 'alert', word: 'Can’t be read' },
}

function Row({ row, model }: { row: InvitationRow; model: InviteManyModel }) {
  const look = statusTags[row.state]
  const good = row.state === 'new' || row.state === 'known'
  return (
    <tr class={good ? undefined : 'out'}>
      <td class="tick">
        {good && (
          <label class="check">
            <input
              type="checkbox"
              checked={!model.excluded.value.has(row.line)}
              onChange={() => model.toggle(row.line)}
            />
            <span class="sr-only">Invite {row.name}</span>
          </label>
        )}
      </td>
      <td class="num muted line">{row.line}</td>
      <td class="name">{row.name || <Dash label="no name" />}</td>
      <td class="email">{row.email || <Dash label="no email" />}</td>
      <td class="phone num">{row.phone || <Dash label="no phone" />}</td>
      <td class="outcome">
        <span class={`badge ${look.badge}`}>
          <Icon name={look.icon} />
          {look.word}
        </span>
        {row.problem && (
          <small>
            {row.problem} {row.existingId && <a href={`/console/advocates/${row.existingId}`}>Show</a>}
          </small>
        )}
      </td>
    </tr>
  )
}

function ReviewStep({ model, onSent }: { model: InviteManyModel; onSent: (words: string) => void }) {
  const { me } = useConsole()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const preview = model.preview.value
  if (!preview) return null
  const n = model.invited.value.length
  const busy = model.sending.busy.value
  const send = async () => {
    const done = await model.send()
    if (!done) return
    const known =
      done.alreadyAdvocates > 0 ? ` ${pluralize(done.alreadyAdvocates, 'was', 'were')} advocates already.` : ''
    onSent(`${pluralize(done.enrolled, 'advocate')} added.${known}`)
  }
  return (
    <section class="card list first looking" aria-labelledby="list-head">
      <header>
        <h2 id="list-head" ref={heading} tabIndex={-1}>
          {summarizeRows(preview.rows)}
        </h2>
        <span class="muted small">
          Columns: {preview.columns.map((column) => columnLabels[column]).join(', ')}
          {!preview.hasHead && ' (guessed)'}
        </span>
      </header>
      {model.sending.failure.value && <Notice tone="bad">{model.sending.failure.value.sentence}</Notice>}
      <Table caption="People in the list" name="invitations">
        <TableHead columns={[{ unseen: 'Invite' }, 'Line', 'Name', 'Email', 'Phone', 'What happens']} />
        <tbody>
          {preview.rows.map((row) => (
            <Row key={row.line} row={row} model={model} />
          ))}
        </tbody>
      </Table>
      <footer class="sendbar">
        <Check
          checked={model.notify.value}
          title="Send the invitation to each"
          onChange={(checked) => {
            model.notify.value = checked
          }}
        >
          {me.delivery === 'kept'
            ? 'Saved under Messages but not emailed, because no email server is set up.'
            : 'By email, or by text if there is no email.'}
        </Check>
        <span class="grow" />
        <Button onClick={model.back}>Back to the list</Button>
        <Button look="primary" icon="send" busy={busy} disabled={n === 0} onClick={() => void send()}>
          {busy ? 'Sending…' : sendLabel(n, model.notify.value)}
        </Button>
      </footer>
    </section>
  )
}

/** Invites many advocates at once. Nothing is saved or sent before "Send". */
export function InviteManyPage() {
  const { client, toasts, summary } = useConsole()
  const { route } = useLocation()
  const model = useMemo(() => createInviteMany({ client, newKey: () => crypto.randomUUID() }), [client])
  return (
    <Page title="Invite a list" crumb={crumb}>
      {model.preview.value === null ? (
        <PasteStep model={model} />
      ) : (
        <ReviewStep
          model={model}
          onSent={(text) => {
            toasts.show({ icon: 'send', text })
            void summary.load()
            route('/console/advocates?sort=newest')
          }}
        />
      )}
    </Page>
  )
}
