import type { CreditBalance } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { AffixField } from '../../shared/ui/affix.tsx'
import { TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { FormDialog } from '../core/formDialog.tsx'
import {
  type AdjustmentModel,
  createAdjustment,
  createRedemption,
  formatTyped,
  type RedemptionModel,
  type Wallet,
} from './ledger.model.ts'

type Props = {
  contactId: string
  wallet: Wallet
  onClose: () => void
  onDone: (balance: CreditBalance) => void
}

/** "$" of $1.00, "CHF" of CHF 1.00. */
const currencySymbol = (currency: CreditBalance['currency']) => formatMoney(0, currency).replace(/[\d.,\s]/g, '')

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
}: {
  model: RedemptionModel | AdjustmentModel
  noteLabel: string
  placeholder: string
  preview: ComponentChildren
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
      <p class="muted" role="status">
        {preview}
      </p>
    </>
  )
}

/** Records that credit was used elsewhere, such as on an invoice, in full or in part. */
export function RedemptionDialog({ contactId, wallet, onClose, onDone }: Props) {
  const { client } = useConsole()
  const model = useMemo(() => createRedemption({ client, contactId, wallet }), [client, contactId, wallet])
  const left = model.left.value
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
        placeholder="Applied to invoice 1042"
        preview={left === null ? '' : `${model.money(left)} available afterwards.`}
      />
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
