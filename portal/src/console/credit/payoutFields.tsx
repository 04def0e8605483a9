import { payoutMethods } from '@goodword/contracts'
import { TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import type { FieldErrors } from '../core/failure.ts'
import { type PayoutDraft, payoutLabels } from './payout.ts'
import './payout.css'

/** Method, reference and day of a payout. */
export function PayoutFields({ draft, today, errors }: { draft: PayoutDraft; today: string; errors: FieldErrors }) {
  return (
    <div class="payout">
      <Select
        label="Paid by"
        value={draft.method.value}
        options={payoutMethods.map((value) => ({ value, label: payoutLabels[value] }))}
        onChange={(method) => {
          draft.method.value = method
        }}
      />
      <TextField
        label="Paid on"
        type="date"
        max={today}
        value={draft.paidOn.value}
        error={errors['payout.paidOn']}
        onInput={(day) => {
          draft.paidOn.value = day
        }}
      />
      <TextField
        label="Reference"
        optional
        placeholder="Check 1042"
        value={draft.reference.value}
        error={errors['payout.reference']}
        onInput={(text) => {
          draft.reference.value = text
        }}
      />
    </div>
  )
}
