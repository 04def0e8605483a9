import type { Currency } from '@goodword/contracts'
import { budgetWarningPercent, formatMoney, parseMoney } from '@goodword/domain'
import { Notice } from '../core/notice.tsx'
import type { EditorModel } from './editor.model.ts'
import { MoneyField, Section, UnitField } from './parts.tsx'
import { parseCount } from './terms.ts'

type Used = { given: number; onHold: number; budget: number; level: number; currency: Currency }

/** How much of the budget is given, on hold and left, with the level at which staff are told. */
function BudgetBar({ given, onHold, budget, level, currency }: Used) {
  const money = (amount: number) => formatMoney(amount, currency)
  const whole = Math.max(budget, given + onHold)
  const share = (amount: number) => `${((amount / whole) * 100).toFixed(2)}%`
  const left = Math.max(0, budget - given - onHold)
  const words = `${money(given + onHold)} of ${money(budget)} used: ${money(given)} given and ${money(onHold)} on hold`
  return (
    <div class="budget">
      <div class="track" role="img" aria-label={words}>
        <i style={{ 'inline-size': share(given) }} />
        <i class="hatch" style={{ 'inline-size': share(onHold) }} />
        <u style={{ 'inset-inline-start': share((budget * level) / 100) }} />
      </div>
      <div class="scale num" aria-hidden="true">
        <span>{formatMoney(0, currency, { whole: true })}</span>
        <span>{money(whole)}</span>
      </div>
      <p class="line num small">
        <span>
          <i class="swatch" aria-hidden="true" /> <b class="strong">{money(given)}</b> given
        </span>
        <span>
          <i class="swatch hatch" aria-hidden="true" /> <b class="strong">{money(onHold)}</b> on hold
        </span>
        <span>
          <i class="swatch none" aria-hidden="true" /> <b class="strong">{money(left)}</b> left
        </span>
      </p>
    </div>
  )
}

function BudgetNotice({ given, onHold, budget, level, currency }: Used) {
  const used = given + onHold
  if (used >= budget)
    return (
      <Notice tone="bad">
        <b>The budget is used up.</b> Whoever converts now earns nothing. Raise it, or leave it blank for no limit.
      </Notice>
    )
  if (used * 100 < budget * level) return null
  return (
    <Notice tone="warn">
      <b>{Math.floor((used / budget) * 100)}% of the budget is used.</b> {formatMoney(budget - used, currency)} is left;
      after that, nothing more is earned.
    </Notice>
  )
}

/** The budget of the campaign, what is used of it, and when the team is told. */
export function BudgetSection({ model, currency }: { model: EditorModel; currency: Currency }) {
  const draft = model.draft.value
  const campaign = model.base.value
  const budget = parseMoney(draft.budget, currency)
  const level = parseCount(draft.budgetWarning) ?? budgetWarningPercent
  const used = campaign && budget !== null && budget > 0 ? { ...campaign.rewardMoney, budget, level, currency } : null
  return (
    <Section title="Budget" lead="Both sides together. Your team is told before it is used up.">
      <div class="line">
        <MoneyField
          model={model}
          name="budget"
          currency={currency}
          value={draft.budget}
          width="190px"
          label="For this campaign"
          hint="Leave blank for no limit"
          onInput={(text) => model.edit({ budget: text })}
        />
        {draft.budget.trim() !== '' && (
          <UnitField
            model={model}
            name="budgetWarning"
            value={draft.budgetWarning}
            onInput={(text) => model.edit({ budgetWarning: text })}
            unit="%"
            label="Tell us at"
            width="120px"
          />
        )}
      </div>
      {used && <BudgetBar {...used} />}
      {used && <BudgetNotice {...used} />}
    </Section>
  )
}
