import type { ReferralDetail, ReferralRow } from '@goodword/contracts'
import { firstName, mayConvert } from '@goodword/domain'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { AffixField } from '../../shared/ui/affix.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { focusFirstError, TextField } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { currencySymbol } from '../core/regions.ts'
import { shortDay } from '../core/relativeDates.ts'
import { ConversionEffects } from './conversionEffects.tsx'
import { type ConvertModel, convertLabel, createConvert } from './convert.model.ts'
import { RewardPreview } from './rewardPreview.tsx'
import { announceConversion } from './undoConversion.ts'
import './convert.css'

function Fields({ model, referral }: { model: ConvertModel; referral: ReferralRow }) {
  const errors = model.sending.errors.value
  const preview = model.preview.data.value
  const required = preview?.jobValueRequired ?? model.preview.failure.value?.code === 'job_value_required'
  return (
    <>
      <AffixField
        label="Job value"
        optional={!required}
        big
        autofocus
        before={currencySymbol(referral.currency)}
        value={model.jobValue.value}
        format={model.format}
        error={errors.jobValue}
        hint={`Before tax, and before ${firstName(referral.friend.name)}’s discount.${required ? ' This campaign pays a share of it.' : ''}`}
        onInput={model.typeJobValue}
      />
      <div class="two">
        <TextField
          label="Job paid on"
          type="date"
          max={model.today}
          value={model.paidOn.value}
          error={errors.paidOn}
          onInput={model.typePaidOn}
        />
        <TextField
          label="Invoice"
          optional
          value={model.invoice.value}
          error={errors.invoice}
          onInput={(text) => {
            model.invoice.value = text
          }}
        />
      </div>
    </>
  )
}

function ConvertError({ model, referral }: { model: ConvertModel; referral: ReferralRow }) {
  const failure = model.sending.failure.value
  if (!failure || Object.keys(failure.fields).length > 0) return null
  const isOutdated = failure.code === 'transition_not_allowed' || failure.code === 'conversion_differs'
  return (
    <Notice tone="bad">
      <b>Not converted.</b> {failure.sentence}{' '}
      {(isOutdated || failure.code === 'rival_converted') && <a href={`/console/referrals/${referral.id}`}>Open it</a>}
    </Notice>
  )
}

/** Marks a referral as converted: both rewards are shown first, and the amount is on the button. */
export function ConvertDialog({
  referral,
  onClose,
  onChanged,
}: {
  referral: ReferralRow
  onClose: () => void
  onChanged: (referral: ReferralDetail) => void
}) {
  const console = useConsole()
  const { actor, organization } = console.me
  const { timeZone } = organization
  const allowed = actor.type === 'member' && mayConvert(actor.role, organization)
  const model = useMemo(
    () => createConvert({ client: console.client, referral, timeZone, now: Date.now() }),
    [console.client, referral.id, timeZone],
  )
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    void model.loadNow()
    return model.close
  }, [model])
  const convert = async () => {
    // Converting requires a current preview: pressing Enter early only loads it sooner.
    if (model.stale.value) return void model.loadNow()
    const converted = await model.convert()
    if (converted) {
      onClose()
      onChanged(converted)
      announceConversion(console, converted, onChanged)
    } else if (form.current) focusFirstError(form.current)
  }
  const submitted = shortDay(Date.parse(referral.submittedAt), console.now.value, timeZone)
  const busy = model.sending.busy.value
  return (
    <Dialog
      size="wide"
      title={`Mark ${referral.friend.name} as converted`}
      description={`Referred by ${referral.advocate?.name ?? 'nobody known yet'} on ${submitted} · ${referral.campaign.name}`}
      onClose={onClose}
      note={allowed && 'You can undo this for 10 minutes.'}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {allowed && (
            <Button type="submit" form="convert" look="primary" busy={busy} waiting={model.stale.value}>
              {busy ? 'Converting…' : convertLabel(model.preview.failure.value ? null : model.preview.data.value)}
            </Button>
          )}
        </>
      }
    >
      <div class="cv">
        <form
          id="convert"
          class="left"
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (allowed) void convert()
          }}
        >
          {!allowed && (
            <Notice tone="warn">
              <b>Owners and admins convert at {organization.name}.</b> Here you see what it would give; ask one of them
              to do it.
            </Notice>
          )}
          <ConvertError model={model} referral={referral} />
          <Fields model={model} referral={referral} />
          <ConversionEffects model={model} friendName={referral.friend.name} />
        </form>
        <RewardPreview model={model} />
      </div>
    </Dialog>
  )
}
