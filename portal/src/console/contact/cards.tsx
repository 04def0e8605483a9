import type { ContactDetail } from '@goodword/contracts'
import { formatDay } from '@goodword/domain'
import type { ComponentChildren } from 'preact'
import { showPhone } from '../../shared/phone.ts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { StatusBadge } from '../../shared/ui/badge.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { countText } from '../../shared/ui/count.ts'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime, pluralize, shortDay } from '../core/relativeDates.ts'
import { MessageBadge } from '../messages/messageBadge.tsx'
import { duplicateReasonLabels, languageOptions, notifyOptions, optionLabel } from './contact.labels.ts'
import type { ContactModel } from './contact.model.ts'

/** Name, customer since, and notification preferences. */
export function DetailsCard({ contact, onEdit }: { contact: ContactDetail; onEdit: (() => void) | null }) {
  const { me } = useConsole()
  const { timeZone } = me.organization
  const { customerSince } = contact
  return (
    <section class="card" aria-labelledby="details-head">
      <header>
        <h2 id="details-head">Details</h2>
        {onEdit && (
          <Button size="sm" icon="pencil" onClick={onEdit}>
            Edit
          </Button>
        )}
      </header>
      <div class="body slim">
        <dl class="rows">
          <div>
            <dt>Name</dt>
            <dd>{contact.name}</dd>
          </div>
          <div>
            <dt>Customer since</dt>
            <dd>
              {customerSince ? formatDay(Date.parse(customerSince), timeZone, { year: true }) : 'Not a customer yet'}
            </dd>
          </div>
          <div>
            <dt>Language</dt>
            <dd>{optionLabel(languageOptions, contact.language)}</dd>
          </div>
          <div>
            <dt>Messages</dt>
            <dd>{optionLabel(notifyOptions, contact.notify)}</dd>
          </div>
          <div>
            <dt>Friends see</dt>
            <dd>{contact.sharesName ? 'Their first name' : '“A friend”'}</dd>
          </div>
        </dl>
      </div>
    </section>
  )
}

/** Other contacts that may be the same person. */
export function Duplicates({
  contact,
  model,
  onMerge,
}: {
  contact: ContactDetail
  model: ContactModel
  onMerge: (otherId: string) => void
}) {
  return (
    <>
      {contact.duplicateList.map(({ contact: other, email, phone, reason }) => (
        <Notice
          key={other.id}
          tone="warn"
          action={
            <span class="row">
              <Button size="sm" onClick={() => void model.dismiss(other.id)}>
                Two people
              </Button>
              <Button size="sm" icon="users" onClick={() => onMerge(other.id)}>
                Merge
              </Button>
            </span>
          }
        >
          <b>
            Possibly the same person as <a href={`/console/contacts/${other.id}`}>{other.name}</a>
          </b>{' '}
          {[email, showPhone(phone)].filter(Boolean).join(', ')}. {duplicateReasonLabels[reason]}
        </Notice>
      ))}
    </>
  )
}

/** The campaigns the contact is an advocate in, with their links. */
export function EnrollmentsCard({ contact }: { contact: ContactDetail }) {
  return (
    <section class="card" aria-labelledby="enrollments-head">
      <header>
        <h2 id="enrollments-head">Advocate of</h2>
      </header>
      {contact.enrollmentList.length === 0 && <p class="body muted">Not an advocate of any campaign.</p>}
      <ul class="lines">
        {contact.enrollmentList.map((one) => (
          <li key={one.id}>
            <span>
              <a href={`/console/advocates/${one.id}`}>{one.campaign.name}</a>
              {one.archivedAt && <span class="tag">Inactive</span>}
              <small>
                <span class="mono">{one.code}</span> · {pluralize(one.referrals, 'referral')},{' '}
                {countText(one.converted)} converted
              </small>
            </span>
            {!one.archivedAt && <CopyButton iconOnly text={one.link} what={`the link for ${one.campaign.name}`} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

type Referrals = ContactDetail['asFriend']

/** The contact's referrals as advocate or as friend; the latest 50. */
export function ReferralsCard({
  title,
  empty,
  referrals,
  action,
}: {
  title: string
  empty: string
  referrals: Referrals
  action?: ComponentChildren
}) {
  const { now, me } = useConsole()
  const id = title.toLowerCase().replaceAll(' ', '-')
  return (
    <section class="card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {action}
      </header>
      {referrals.length === 0 && <p class="body muted">{empty}</p>}
      <ul class="lines">
        {referrals.map(({ id: referralId, other, campaignName, status, submittedAt }) => (
          <li key={referralId}>
            <Avatar name={other?.name || '?'} size="sm" />
            <span>
              <a href={`/console/referrals/${referralId}`}>{other?.name || 'Unknown'}</a>
              <small>
                {campaignName}, {shortDay(Date.parse(submittedAt), now.value, me.organization.timeZone)}
              </small>
            </span>
            <StatusBadge status={status} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The messages sent to the contact; the latest 50. */
export function MessagesCard({ contact }: { contact: ContactDetail }) {
  const { now, me } = useConsole()
  return (
    <section class="card" aria-labelledby="messages-head">
      <header>
        <h2 id="messages-head">Messages</h2>
      </header>
      {contact.messages.length === 0 && <p class="body muted">No messages yet.</p>}
      <ul class="lines">
        {contact.messages.map((message) => (
          <li key={message.id}>
            <span>
              {message.subject || 'A text message'}
              <small>{dayAndTime(message.createdAt, now.value, me.organization.timeZone)}</small>
            </span>
            <MessageBadge state={message.state} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The audit trail of this contact. */
export function AuditCard({ contact }: { contact: ContactDetail }) {
  const { now, me } = useConsole()
  if (contact.audit.length === 0) return null
  return (
    <section class="card" aria-labelledby="audit-head">
      <header>
        <h2 id="audit-head">Audit trail</h2>
      </header>
      <ul class="lines">
        {contact.audit.map(({ id, at, by, label }) => (
          <li key={id}>
            <span>
              <b>{by}</b> {label}
            </span>
            <time class="muted" dateTime={at}>
              {dayAndTime(at, now.value, me.organization.timeZone)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  )
}
