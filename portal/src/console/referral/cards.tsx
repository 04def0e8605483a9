import type { FlagReason, ReferralBackground, ReferralDetail } from '@goodword/contracts'
import { formatDay, formatMoney } from '@goodword/domain'
import type { ComponentChildren } from 'preact'
import { showPhone, telOf } from '../../shared/phone.ts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { StatusBadge } from '../../shared/ui/badge.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime, shortDay } from '../core/relativeDates.ts'
import { useMembers } from '../referrals/assignees.ts'
import { invalidReasonLabel } from '../referrals/decline.dialog.tsx'
import { flagLabels, friendTitle, isLive, openFlags, sourceLabels } from '../referrals/nextStep.ts'
import type { ReferralModel } from './referral.model.ts'

const channelLabels: Record<ReferralDetail['source'], string> = {
  widget: 'by link',
  hosted: 'by link',
  staff: 'by hand',
  api: 'by API',
  import: 'by import',
  request: 'by request',
  job: 'by a job',
}

/** The advocate and the friend, and how the referral came in. */
export function PeopleCard({ referral }: { referral: ReferralDetail }) {
  const { now, me } = useConsole()
  const { advocate, advocateNamed, friend, campaign } = referral
  const day = shortDay(Date.parse(referral.submittedAt), now.value, me.organization.timeZone)
  return (
    <section class="card pair" aria-label="Who referred whom">
      <div class="p">
        <Avatar name={advocate?.name ?? advocateNamed ?? '?'} size="lg" />
        <div>
          <b>{advocate?.name ?? (advocateNamed ? `“${advocateNamed}”` : 'Unknown')}</b>
          <small>Advocate · {campaign.name}</small>
          {advocate && (
            <small>
              <a href={`/console/advocates/${advocate.id}`}>Open</a> ·{' '}
              <a href={`/console/referrals?advocate=${advocate.id}`}>All their referrals</a>
            </small>
          )}
        </div>
      </div>
      <div class="via">
        <Icon name="arrow-right" />
        <span>
          {channelLabels[referral.source]}, {day}
        </span>
      </div>
      <div class="p">
        <Avatar name={friendTitle(referral)} size="lg" />
        <div>
          <b>{friendTitle(referral)}</b>
          {friend.contactId && (
            <small>
              <a href={`/console/contacts/${friend.contactId}`}>Open contact</a>
            </small>
          )}
          {friend.phone && (
            <small>
              <a href={telOf(friend.phone)}>{showPhone(friend.phone)}</a>
            </small>
          )}
          {friend.email && (
            <small>
              <a href={`mailto:${friend.email}`}>{friend.email}</a>
            </small>
          )}
        </div>
      </div>
    </section>
  )
}

type Evidence = ReferralBackground['evidence'][number]

const contactLine = ({ referralId, contactId }: Evidence) =>
  referralId ? `/console/referrals/${referralId}` : `/console/contacts/${contactId}`

/** The flags, each with the people involved. A flag never drops a referral. */
export function Flags({
  referral,
  model,
  onBlock,
}: {
  referral: ReferralDetail
  model: ReferralModel
  onBlock: () => void
}) {
  const flags = openFlags(referral)
  if (flags.length === 0) return null
  const evidence = model.background.data.value?.evidence ?? []
  const about = (flag: FlagReason) => evidence.filter((one) => one.flag === flag)
  return (
    <Notice
      tone="warn"
      action={
        <div class="flag-acts">
          <Button size="sm" busy={model.sending.busy.value} onClick={() => void model.clearFlags()}>
            Clear
          </Button>
          {isLive(referral) && (
            <Button size="sm" look="danger" onClick={onBlock}>
              Block…
            </Button>
          )}
        </div>
      }
    >
      <b>Check this referral.</b>
      <ul>
        {flags.map((flag) => (
          <li key={flag}>
            {flagLabels[flag]}
            {about(flag).map((one, index) => (
              <span key={contactLine(one)}>
                {index === 0 ? ': ' : ', '}
                <a href={contactLine(one)}>{one.name || 'a friend without a name'}</a>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** The assigned member; choosing one saves at once. */
function Assignee({ referral, model }: { referral: ReferralDetail; model: ReferralModel }) {
  const members = useMembers()
  const { assignee } = referral
  const item = (id: string | null, label: string) => ({
    label,
    checked: (assignee?.id ?? null) === id,
    run: () => void model.assign(id),
  })
  return (
    <Menu
      label={`Assigned to: ${assignee?.name ?? 'Unassigned'}`}
      buttonClass="btn sm"
      items={[item(null, 'Unassigned'), ...members.map(({ id, name }) => item(id, name))]}
    >
      {assignee?.name ?? 'Unassigned'}
      <Icon name="chevron-down" />
    </Menu>
  )
}

export function Rivals({ referral }: { referral: ReferralDetail }) {
  const { now, me } = useConsole()
  if (referral.rivalList.length === 0) return null
  return (
    <section class="card">
      <header>
        <h2>Also referred by</h2>
      </header>
      <ul class="rivals">
        {referral.rivalList.map((rival) => (
          <li key={rival.id}>
            <Avatar name={rival.advocateName ?? '?'} size="sm" />
            <span>
              <a href={`/console/referrals/${rival.id}`}>{rival.advocateName ?? 'Unknown'}</a>
              <small>{dayAndTime(rival.submittedAt, now.value, me.organization.timeZone)}</small>
            </span>
            <StatusBadge status={rival.status} />
          </li>
        ))}
      </ul>
      <footer>One referral of a friend earns in a campaign. The others expire when it converts.</footer>
    </section>
  )
}

const Row = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

/** The details of the job and the record. */
export function DetailsCard({ referral, model }: { referral: ReferralDetail; model: ReferralModel }) {
  const { now, me } = useConsole()
  const { conversion, currency } = referral
  const { timeZone } = me.organization
  return (
    <section class="card">
      <header>
        <h2>Details</h2>
      </header>
      <div class="body slim">
        <dl class="rows">
          <Row name="Assigned to">
            <Assignee referral={referral} model={model} />
          </Row>
          {conversion && (
            <>
              <Row name="Job value">
                {conversion.jobValue === null ? 'Not given' : formatMoney(conversion.jobValue, currency)}
              </Row>
              {conversion.paidOn && (
                <Row name="Job paid on">
                  {formatDay(Date.parse(`${conversion.paidOn}T12:00:00Z`), 'UTC', { year: true })}
                </Row>
              )}
              {conversion.invoice && (
                <Row name="Invoice">
                  <span class="id">{conversion.invoice}</span>
                </Row>
              )}
              <Row name="Terms used">Version {conversion.termsVersion}</Row>
            </>
          )}
          <Row name="Campaign">
            <a href={`/console/campaigns/${referral.campaign.id}`}>{referral.campaign.name}</a>
          </Row>
          <Row name="Source">{sourceLabels[referral.source]}</Row>
          <Row name="Submitted">{dayAndTime(referral.submittedAt, now.value, timeZone)}</Row>
          {referral.invalidReason && <Row name="Invalid">{invalidReasonLabel(referral.invalidReason)}</Row>}
          {referral.advocateNamed && <Row name="Named as advocate">“{referral.advocateNamed}”</Row>}
          {referral.answer && <Row name={referral.answer.question ?? 'Your question'}>{referral.answer.text}</Row>}
          {referral.externalId && (
            <Row name="Your reference">
              <span class="id">{referral.externalId}</span>
            </Row>
          )}
          {Object.entries(referral.metadata).map(([name, value]) => (
            <Row key={name} name={name}>
              {value}
            </Row>
          ))}
          <Row name="Referral">
            <span class="mono id">{referral.id}</span>
          </Row>
        </dl>
      </div>
    </section>
  )
}
