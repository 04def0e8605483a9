import type { AskRow, AskState, ContactDetail } from '@goodword/contracts'
import { type AskFigures, askReasonSentence } from '@goodword/words/asking'
import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { useAskClocks } from './askClocks.ts'

const states: Record<AskState, { label: string; look: string; icon: IconName }> = {
  scheduled: { label: 'Scheduled', look: 'pending', icon: 'clock' },
  sent: { label: 'Sent', look: 'accepted', icon: 'send' },
  opened: { label: 'Opened', look: 'accepted', icon: 'eye' },
  joined: { label: 'A friend came', look: 'converted', icon: 'converted' },
  skipped: { label: 'Not asked', look: 'expired', icon: 'minus' },
  canceled: { label: 'Canceled', look: 'expired', icon: 'undo' },
}

const by: Record<string, string> = { sms: 'by text', email: 'by email', 'sms email': 'by text and email' }

const noClocks = { moment: String, day: String }

/** When it is or was sent and reminded of, or why not. */
function factsOf(ask: AskRow, clocks: AskFigures): string[] {
  const moment = (at: string) => clocks.moment(Date.parse(at))
  const facts = [
    ask.sendAt && `Goes out ${moment(ask.sendAt)}`,
    ask.sentAt && `Sent ${moment(ask.sentAt)} ${by[ask.channels.join(' ')] ?? ''}`.trim(),
    ask.followUpSentAt && `reminded ${moment(ask.followUpSentAt)}`,
    ask.followUpAt && `reminder ${moment(ask.followUpAt)}`,
    ask.openedAt && `opened ${moment(ask.openedAt)}`,
    ask.reason && ask.sentAt === null && askReasonSentence(ask.reason, clocks),
  ]
  return facts.filter((fact) => typeof fact === 'string')
}

/** What somebody was asked, the newest first. */
export function AsksCard({
  asks,
  action,
  unreachable,
}: {
  asks: readonly AskRow[]
  action?: ComponentChildren
  unreachable?: ContactDetail['unreachable']
}) {
  const clocks = useAskClocks()
  return (
    <section class="card" aria-labelledby="asks-head">
      <header>
        <h2 id="asks-head">Asked to refer</h2>
        {action}
      </header>
      {unreachable && (unreachable.text ?? unreachable.email) && (
        <p class="body muted">{askReasonSentence({ reason: 'no_channel', ...unreachable }, noClocks)}</p>
      )}
      {asks.length === 0 && <p class="body muted">Not asked yet.</p>}
      <ul class="lines">
        {asks.map((ask) => {
          const { label, look, icon } = states[ask.state]
          const after = ask.job ? `After ${ask.job.title ?? 'a job'}` : 'Asked by your team'
          return (
            <li key={ask.id}>
              <span>
                {after}, {ask.campaign.name}
                <small>{factsOf(ask, clocks).join(' · ')}</small>
              </span>
              <span class={`badge ${look}`}>
                <Icon name={icon} />
                {label}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
