import type { CreditBalance } from '@goodword/contracts'
import { dayIn, formatMoney } from '@goodword/domain'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { AffixField } from '../../shared/ui/affix.tsx'
import { Check, TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { currencySymbol } from '../core/regions.ts'
import {
  type AdjustmentModel,
  createAdjustment,
  createRedemption,
  formatTyped,
  type RedemptionModel,
  type Wallet,
} from './ledger.model.ts'
import { PayoutFields } from './payoutFields.tsx'

type Props = {
  contactId: string
  wallet: Wallet
  onClose: () => void
  onDone: (balance: CreditBalance) => void
}

/** Hidden when there is only one currency. */
function CurrencyChoice({ model }: { model: RedemptionModel | AdjustmentModel }) {
  if (model.wallet.length < 2) return null
  return (
    <Select
      label="Currency"
      value={model.balance.value.currency}
      options={model.wallet.map(({ currency, available }) => ({
        value: currency,
        label: `${currency}, ${formatMoney(available, currency)} available`,
      }))}
      onChange={model.choose}
    />
  )
}

function AmountAndNote({
  model,
  noteLabel,
  placeholder,
  preview,
  children,
}: {
  model: RedemptionModel | AdjustmentModel
  noteLabel: string
  placeholder: string
  preview: ComponentChildren
  children?: ComponentChildren
}) {
  const errors = model.sending.errors.value
  const { currency } = model.balance.value
  return (
    <>
      <CurrencyChoice model={model} />
      <AffixField
        label="Amount"
        big
        autofocus
        before={currencySymbol(currency)}
        value={model.typed.value}
        format={formatTyped(currency)}
        error={errors.amount}
        onInput={(text) => {
          model.typed.value = text
        }}
      />
      <TextField
        label={noteLabel}
        value={model.note.value}
        placeholder={placeholder}
        error={errors.note}
        onInput={(text) => {
          model.note.value = text
        }}
      />
      {children}
      <p class="muted" role="status">
        {preview}
      </p>
    </>
  )
}

/** Records that credit was used elsewhere, such as on an invoice, in full or in part. */
export function RedemptionDialog({ contactId, wallet, onClose, onDone }: Props) {
  const { client, me } = useConsole()
  const today = useMemo(() => dayIn(me.organization.timeZone, Date.now()), [me.organization.timeZone])
  const model = useMemo(
    () => createRedemption({ client, contactId, wallet, today }),
    [client, contactId, wallet, today],
  )
  const left = model.left.value
  const isPayout = model.isPayout.value
  const send = async () => {
    const done = await model.record()
    if (done) onDone(done)
    return done
  }
  return (
    <FormDialog
      title="Record a redemption"
      description={`${model.money(model.balance.value.available)} available. The payment itself is made elsewhere.`}
      onClose={onClose}
      sending={model.sending}
      send={send}
      button={model.words.value}
      busyLabel="Saving…"
    >
      <AmountAndNote
        model={model}
        noteLabel="What it was used for"
        placeholder={isPayout ? 'Paid out at their request' : 'Applied to invoice 1042'}
        preview={left === null ? '' : `${model.money(left)} available afterwards.`}
      >
        <Check
          checked={isPayout}
          title="Paid out in money"
          onChange={(on) => {
            model.isPayout.value = on
          }}
        >
          Counts in the yearly report of gift cards and payouts.
        </Check>
        {isPayout && <PayoutFields draft={model.payout} today={today} errors={model.sending.errors.value} />}
      </AmountAndNote>
    </FormDialog>
  )
}

/** Lets an admin add or remove credit, with a note. */
export function AdjustmentDialog({ contactId, wallet, onClose, onDone }: Props) {
  const { client } = useConsole()
  const model = useMemo(() => createAdjustment({ client, contactId, wallet }), [client, contactId, wallet])
  const after = model.after.value
  const send = async () => {
    const done = await model.adjust()
    if (done) onDone(done)
    return done
  }
  return (
    <FormDialog
      title="Adjust credit"
      description={`${model.money(model.balance.value.available)} available now.`}
      onClose={onClose}
      sending={model.sending}
      send={send}
      button={model.words.value}
      busyLabel="Saving…"
    >
      <Segmented
        label="Direction"
        value={model.direction.value}
        options={[
          { value: 'add', label: 'Add' },
          { value: 'take', label: 'Subtract' },
        ]}
        onChange={(direction) => {
          model.direction.value = direction
        }}
      />
      <AmountAndNote
        model={model}
        noteLabel="Why"
        placeholder="For the long wait"
        preview={after === null ? '' : `${model.money(after)} available afterwards.`}
      />
    </FormDialog>
  )
}
