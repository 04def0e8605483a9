import type { AdvocateDetail } from '@goodword/contracts'
import { firstName, withExceptions } from '@goodword/domain'
import { consoleWords } from '@goodword/words/console'
import { useSignal } from '@preact/signals'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { StatusBadge } from '../../shared/ui/badge.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { countText } from '../../shared/ui/count.ts'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { isAdmin } from '../core/isAdmin.ts'
import { shortDay } from '../core/relativeDates.ts'
import { referralUrl } from '../referrals/listQuery.ts'
import type { AdvocateModel } from './advocate.model.ts'
import { QrCode } from './qr.tsx'

/** The advocate's link, its QR code and their codes. */
export function LinkCard({ advocate, onChange }: { advocate: AdvocateDetail; onChange: () => void }) {
  const qr = useSignal(false)
  const before = advocate.codes.filter((code) => code !== advocate.code)
  return (
    <section class="card" aria-labelledby="link-head">
      <header>
        <h2 id="link-head">Link</h2>
        {advocate.archivedAt === null && (
          <Button size="sm" icon="pencil" onClick={onChange}>
            Change the code
          </Button>
        )}
      </header>
      <div class="body linkcard">
        <div class="linkbox">
          <output>{advocate.link}</output>
          <CopyButton text={advocate.link} what={`the link of ${advocate.name}`} />
        </div>
        {before.length > 0 && (
          <p class="muted">
            Also works: <span class="mono">{before.join(', ')}</span>
          </p>
        )}
        <div>
          <Button
            size="sm"
            icon="qr-code"
            onClick={() => {
              qr.value = !qr.value
            }}
          >
            {qr.value ? 'Hide QR code' : 'Show QR code'}
          </Button>
        </div>
        {qr.value && <QrCode link={advocate.link} name={advocate.code} />}
      </div>
    </section>
  )
}

/** The rewards the advocate and their friends are offered. */
export function TermsCard({ advocate, onEdit }: { advocate: AdvocateDetail; onEdit: () => void }) {
  const { me } = useConsole()
  const { exceptions, terms, currency, campaign } = advocate
  return (
    <section class="card" aria-labelledby="terms-head">
      <header>
        <h2 id="terms-head">Terms</h2>
        {exceptions && <span class="tag">Custom</span>}
        {isAdmin(me) && (
          <Button size="sm" icon="pencil" onClick={onEdit}>
            {exceptions ? 'Change' : 'Add custom terms'}
          </Button>
        )}
      </header>
      <div class="body termscard">
        <p>“{consoleWords.explanation(withExceptions(terms, exceptions), currency, '')}”</p>
        {exceptions ? (
          <p class="muted">
            {firstName(advocate.name)} and their friends read this. Everyone else in{' '}
            <a href={`/console/campaigns/${campaign.id}`}>{campaign.name}</a>: “
            {consoleWords.explanation(terms, currency, '')}”
          </p>
        ) : (
          <p class="muted">
            The terms of <a href={`/console/campaigns/${campaign.id}`}>{campaign.name}</a>.
          </p>
        )}
      </div>
    </section>
  )
}

/** The advocate's latest referrals. */
export function ReferralsCard({ advocate, model }: { advocate: AdvocateDetail; model: AdvocateModel }) {
  const { now, me } = useConsole()
  const { data, failure } = model.referrals
  const all = `/console/referrals?advocate=${advocate.id}`
  return (
    <section class="card" aria-labelledby="brought-head">
      <header>
        <h2 id="brought-head">Referrals</h2>
        {advocate.referrals > 0 && <a href={all}>Show all {countText(advocate.referrals)}</a>}
      </header>
      {failure.value && (
        <ErrorState title="Referrals did not load" onRetry={model.referrals.load}>
          {loadFailureText(failure.value)}
        </ErrorState>
      )}
      {!data.value && !failure.value && <Skeleton rows={3} label="Loading referrals" />}
      {data.value?.items.length === 0 && <p class="body muted">No referrals yet.</p>}
      <ul class="lines">
        {data.value?.items.map((referral) => (
          <li key={referral.id}>
            <Avatar name={referral.friend.name || '?'} size="sm" />
            <span>
              <a href={referralUrl(referral.id, { advocateId: advocate.id })}>
                {referral.friend.name || 'Unnamed friend'}
              </a>
              <small>{shortDay(Date.parse(referral.submittedAt), now.value, me.organization.timeZone)}</small>
            </span>
            <StatusBadge status={referral.status} />
          </li>
        ))}
      </ul>
    </section>
  )
}
