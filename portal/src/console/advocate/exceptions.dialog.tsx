import type { AdvocateDetail, Currency } from '@goodword/contracts'
import { firstName, formatMoney } from '@goodword/domain'
import { useMemo } from 'preact/hooks'
import { AffixField } from '../../shared/ui/affix.tsx'
import { countText } from '../../shared/ui/count.ts'
import { TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { Notice } from '../core/notice.tsx'
import { createExceptions, type ExceptionsModel, sideKinds } from './exceptions.model.ts'

const currencySymbol = (currency: Currency) => formatMoney(0, currency).replace(/[\d.,\s]/g, '')

function Side({
  model,
  side,
  label,
  currency,
}: {
  model: ExceptionsModel
  side: 'advocate' | 'friend'
  label: string
  currency: Currency
}) {
  const draft = model.sides[side].value
  const errors = model.sending.errors.value
  const symbol = currencySymbol(currency)
  return (
    <>
      <Select label={label} value={draft.kind} options={sideKinds} onChange={(kind) => model.edit(side, { kind })} />
      {draft.kind === 'fixed' && (
        <AffixField
          label="Amount"
          before={symbol}
          value={draft.amount}
          error={errors[`${side}.amount`]}
          onInput={(amount) => model.edit(side, { amount })}
        />
      )}
      {draft.kind === 'percent' && (
        <div class="two">
          <AffixField
            label="Percent"
            after="%"
            value={draft.percent}
            error={errors[`${side}.percent`]}
            onInput={(percent) => model.edit(side, { percent })}
          />
          <AffixField
            label="Maximum per job"
            optional
            before={symbol}
            value={draft.most}
            error={errors[`${side}.most`]}
            onInput={(most) => model.edit(side, { most })}
          />
        </div>
      )}
      {draft.kind === 'custom' && (
        <TextField
          label="What they get"
          value={draft.text}
          error={errors[`${side}.text`]}
          onInput={(text) => model.edit(side, { text })}
        />
      )}
    </>
  )
}

/** Custom terms for one advocate, next to the campaign's terms. */
export function ExceptionsDialog({
  advocate,
  onClose,
  onSaved,
}: {
  advocate: AdvocateDetail
  onClose: () => void
  onSaved: (saved: AdvocateDetail) => void
}) {
  const { client } = useConsole()
  const model = useMemo(() => createExceptions({ client, advocate }), [client, advocate.id])
  const { errors, failure } = model.sending
  const save = async () => {
    const saved = await model.save()
    if (saved) onSaved(saved)
    return saved
  }
  const tiersReplaced = advocate.terms.tiers.length > 0 && advocate.exceptions?.tiers === undefined
  return (
    <FormDialog
      title={`Custom terms for ${firstName(advocate.name)}`}
      description="These replace the campaign’s terms for them and their friends. Referrals already submitted keep what they were promised."
      onClose={onClose}
      sending={model.sending}
      send={save}
      button="Save"
      busyLabel="Saving…"
      formError={failure.value && <Notice tone="bad">{failure.value.sentence}</Notice>}
    >
      <Side model={model} side="advocate" label={`${firstName(advocate.name)} gets`} currency={advocate.currency} />
      {model.sides.advocate.value.kind !== 'campaign' && tiersReplaced && (
        <p class="muted small">The campaign’s tiers don’t apply to {firstName(advocate.name)} then.</p>
      )}
      <Side model={model} side="friend" label="Their friends get" currency={advocate.currency} />
      <AffixField
        label="Maximum open referrals"
        optional
        whole
        after="open"
        value={model.liveMax.value}
        error={errors.value.liveMax}
        hint={`${countText(advocate.terms.liveReferralsMax)} in the campaign`}
        onInput={(text) => {
          model.liveMax.value = text
        }}
      />
    </FormDialog>
  )
}
