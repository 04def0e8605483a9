import type { ConversionPreview, SidePreview } from '@goodword/contracts'
import { firstName, formatBasisPoints, formatMoney, ordinal } from '@goodword/domain'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { AfterDelay } from '../../shared/ui/skeleton.tsx'
import { Dash } from '../../shared/ui/table.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { shortDay } from '../core/relativeDates.ts'
import type { ConvertModel } from './convert.model.ts'

function availabilityText(side: SidePreview, heldUntil: string | null): string | null {
  if (side.kind === 'none' || (side.kind === 'credit' && side.amount === 0)) return null
  const name = firstName(side.name)
  if (side.kind === 'custom') return `Give ${name} this yourself.`
  if (side.offThisJob) return `Take it off ${name}’s invoice for this job. Nothing is owed afterward.`
  if (side.kind === 'credit') {
    return heldUntil === null
      ? `Added to ${name}’s credit right away.`
      : `Held until ${heldUntil}, then added to ${name}’s credit.`
  }
  const what = side.kind === 'gift_card' ? 'gift card' : 'code'
  return heldUntil === null
    ? `${name} gets the ${what} right away.`
    : `Held until ${heldUntil}, then ${name} gets the ${what}.`
}

/** A code is what it takes off; the words of a custom reward stand below. */
function worthOf({ kind, text, amount }: SidePreview, currency: ConversionPreview['currency']) {
  if (kind === 'discount_code' && amount === 0 && text) return text
  return kind === 'custom' && amount === 0 ? <Dash label="no set worth" /> : formatMoney(amount, currency)
}

function SideReward({
  side,
  part,
  preview,
  held,
  unknown,
}: {
  side: SidePreview
  part: string
  preview: ConversionPreview
  held: boolean
  unknown: boolean
}) {
  const { now, me } = useConsole()
  const releasedOn = shortDay(Date.parse(preview.availableAt), now.value, me.organization.timeZone)
  const when = availabilityText(side, held ? releasedOn : null)
  const lines = side.lines.length > 1 || side.lines.some((line) => line.label !== 'Fixed reward') ? side.lines : []
  return (
    <section class="rw">
      <div class="rh">
        <Avatar name={side.name} />
        <div>
          <b>{side.name}</b>
          <span>{part}</span>
        </div>
        <strong class="num">{unknown ? <Dash label="not known yet" /> : worthOf(side, preview.currency)}</strong>
      </div>
      {side.kind === 'custom' && side.text && <p class="custom">{side.text}</p>}
      {lines.length > 0 && (
        <dl class="rows">
          {lines.map((line) => (
            <div key={line.label}>
              <dt>{line.label}</dt>
              <dd>{formatMoney(line.amount, preview.currency)}</dd>
            </div>
          ))}
        </dl>
      )}
      {side.note && (
        <p class="why">
          <Icon name="info" />
          {side.note}
        </p>
      )}
      {when && (
        <p class="why">
          <Icon name={side.kind === 'custom' ? 'gift' : 'calendar-clock'} />
          {when}
        </p>
      )}
    </section>
  )
}

function Cost({ preview }: { preview: ConversionPreview }) {
  const share = preview.shareOfJobBasisPoints
  return (
    <dl class="rows cost">
      <div class="total">
        <dt>This job costs you</dt>
        <dd>{formatMoney(preview.total, preview.currency)}</dd>
      </div>
      {share !== null && (
        <div>
          <dt>Share of the job value</dt>
          <dd>{formatBasisPoints(Math.round(share / 10) * 10)}</dd>
        </div>
      )}
    </dl>
  )
}

/** The right side of the dialog: both rewards line by line, and the total cost. */
export function RewardPreview({ model }: { model: ConvertModel }) {
  const preview = model.preview.data.value
  const failure = model.preview.failure.value
  const unknown = model.unknown.value
  return (
    <aside class="right" aria-live="polite" aria-label="Reward preview" aria-busy={model.stale.value}>
      <h3>Who gets what</h3>
      {failure?.code === 'job_value_required' && <p class="muted">Enter the job value to see it.</p>}
      {failure && failure.code !== 'job_value_required' && (
        <Notice tone="warn">
          The preview did not load. {failure.code === null ? loadFailureText(failure) : failure.sentence}
        </Notice>
      )}
      {!preview && !failure && (
        <AfterDelay>
          <i class="skel" style={{ '--w': '90%' }} />
          <i class="skel" style={{ '--w': '70%' }} />
        </AfterDelay>
      )}
      {preview && !failure && (
        <>
          <SideReward
            side={preview.advocate}
            part={`Advocate · ${ordinal(preview.nth)} friend`}
            held={preview.held}
            unknown={unknown}
            preview={preview}
          />
          <SideReward side={preview.friend} part="Friend" held={false} unknown={unknown} preview={preview} />
          {!unknown && <Cost preview={preview} />}
        </>
      )}
    </aside>
  )
}
