import type { CreditUse } from '@goodword/contracts'
import { creditUses } from '@goodword/contracts'
import { Check } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import type { OrganizationModel } from './organization.model.ts'

const useLabels: Record<CreditUse, { title: string; sentence: string }> = {
  next_invoice: { title: 'Discount on the next invoice', sentence: 'You apply it and record it here.' },
  discount_code: { title: 'As a discount code', sentence: 'You reply with a code for your shop.' },
  payout: { title: 'Payout', sentence: 'You send it and record how.' },
}

/** Who may convert, and how advocates may use credit. */
export function WorkflowCard({ model }: { model: OrganizationModel }) {
  const { staffMayConvert, creditUses: chosen } = model.draft.value
  const error = model.sending.errors.value.creditUses
  return (
    <section class="card">
      <header>
        <h2>How you work</h2>
      </header>
      <div class="body work">
        <Check
          checked={staffMayConvert}
          onChange={(on) => model.set({ staffMayConvert: on })}
          title="Staff may mark referrals as converted"
        >
          Without it only owners and admins do, because a conversion creates money.
        </Check>
        <fieldset class="uses">
          <legend>Advocates can ask to use credit</legend>
          {creditUses.map((use) => (
            <Check
              key={use}
              checked={chosen.includes(use)}
              onChange={(on) => model.toggleUse(use, on)}
              title={useLabels[use].title}
            >
              {useLabels[use].sentence}
            </Check>
          ))}
          {error && (
            <span class="err" role="alert">
              <Icon name="alert" />
              {error}
            </span>
          )}
        </fieldset>
      </div>
    </section>
  )
}
