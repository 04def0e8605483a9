import type { Currency, FriendRewardUse, Terms } from '@goodword/contracts'
import { decideRewards, formatMoney, ordinal, parseMoney, rewardByFriend, type SideReward } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { AffixInput } from '../../shared/ui/affix.tsx'
import { EachReferral } from './eachReferral.tsx'
import type { EditorModel } from './editor.model.ts'
import { currencySymbol, formatTyped } from './parts.tsx'
import { parseCount } from './terms.ts'

const barHeight = 88
const barsShown = 5
const maxFriends = 1_000

/**
 * The advocate's reward for five friends, including the chosen one. For screen readers the list above says the same.
 */
function Bars({
  terms,
  currency,
  jobValue,
  nth,
  onPick,
}: {
  terms: Terms
  currency: Currency
  jobValue: number | null
  nth: number
  onPick: (nth: number) => void
}) {
  const last = Math.max(barsShown, nth)
  const steps = rewardByFriend(terms, currency, jobValue, last).slice(-barsShown)
  const most = Math.max(1, ...steps.map(({ base, bonus }) => base + bonus))
  const tall = (amount: number) => (amount === 0 ? '0px' : `${Math.max(3, (amount / most) * barHeight)}px`)
  return (
    <ol class="bars">
      {steps.map((step) => (
        <li key={step.nth} class={step.nth === nth ? 'on' : undefined}>
          <b>{formatMoney(step.base + step.bonus, currency)}</b>
          {step.bonus > 0 && <u style={{ '--x': tall(step.bonus) }} aria-hidden="true" />}
          <i style={{ '--v': tall(step.base) }} aria-hidden="true" />
          <button type="button" aria-pressed={step.nth === nth} onClick={() => onPick(step.nth)}>
            {ordinal(step.nth)}
            <span class="sr-only"> friend</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

/** Lowercases "A code for $20 off" after a colon; other labels stay as they are. */
const lowercaseCode = (label: string) => label.replace(/^A code /, 'a code ')

const useWords: Record<FriendRewardUse, string> = { off_this_job: 'off this job', after_job: 'credit after the job' }

function SideRows({ who, reward, currency }: { who: string; reward: SideReward; currency: Currency }) {
  if (reward.kind === 'none') {
    return (
      <div>
        <dt>{who}</dt>
        <dd>{reward.note ?? 'Nothing'}</dd>
      </div>
    )
  }
  if (reward.lines.length === 0) {
    return (
      <div>
        <dt>
          {who}: {reward.kind === 'discount_code' ? `a code for ${reward.text}` : reward.text}
        </dt>
        <dd>{reward.kind === 'discount_code' ? 'off a later invoice' : 'no cost given'}</dd>
      </div>
    )
  }
  const { lines } = reward
  return (
    <>
      {lines.map((line) => (
        <div key={line.label}>
          <dt>
            {who}: {line.label === 'Fixed reward' && reward.use ? useWords[reward.use] : lowercaseCode(line.label)}
          </dt>
          <dd>{formatMoney(line.amount, currency)}</dd>
        </div>
      ))}
    </>
  )
}

type Decided = Extract<ReturnType<typeof decideRewards>, { ok: true }>

function RewardRows({
  decided,
  jobValue,
  currency,
}: {
  decided: Decided
  jobValue: number | null
  currency: Currency
}) {
  const cost = jobValue ? `Costs you ${((decided.total / jobValue) * 100).toFixed(1)}% of the job` : 'Costs you'
  return (
    <dl class="rows num">
      <SideRows who="Advocate" reward={decided.advocate} currency={currency} />
      <SideRows who="Friend" reward={decided.friend} currency={currency} />
      <div class="total">
        <dt>{cost}</dt>
        <dd>{formatMoney(decided.total, currency)}</dd>
      </div>
    </dl>
  )
}

const Legend = () => (
  <div class="bh">
    <h3>Advocate’s reward by friend</h3>
    <span>
      <i />
      each
    </span>
    <span>
      <i class="d" />
      bonus
    </span>
  </div>
)

const priorConversions = (nth: number) => ({ ever: nth - 1, thisYear: nth - 1 })

/** The rewards for an example job under the terms being edited. */
export function RewardCalculator({ model, currency }: { model: EditorModel; currency: Currency }) {
  const typed = useSignal(currency === 'JPY' ? '120,000' : '1,200.00')
  const friend = useSignal('3')
  const nth = Math.min(maxFriends, Math.max(1, parseCount(friend.value) ?? 1))
  const read = model.read.value
  const jobValue = parseMoney(typed.value, currency) || null
  const decided = read.ok
    ? decideRewards({
        current: read.terms,
        promised: null,
        currency,
        jobValue,
        convertedBefore: priorConversions(nth),
        paidToAdvocate: { ever: 0, year: 0, month: 0 },
        paidInCampaign: 0,
        friendWithoutReward: false,
        advocateErased: false,
      })
    : null
  return (
    <>
      <section class="card pay">
        <header>
          <h2>What would a job pay?</h2>
        </header>
        <div class="in">
          <b>A job of</b>
          <AffixInput
            aria-label="A job of"
            before={currencySymbol(currency)}
            value={typed.value}
            format={formatTyped(currency)}
            onInput={(text) => {
              typed.value = text
            }}
          />
          <span class="r">
            for the
            <AffixInput
              aria-label="For which friend"
              whole
              value={friend.value}
              after={ordinal(nth).replace(/\d/g, '')}
              format={(text) => String(Math.min(maxFriends, Math.max(1, parseCount(text) ?? 1)))}
              onInput={(text) => {
                friend.value = text
              }}
            />
            friend
          </span>
        </div>
        <div class="body" aria-live="polite">
          {!read.ok && <p class="muted">Complete the rewards to see what a job pays.</p>}
          {decided?.ok === false && <p class="muted">Enter a job value.</p>}
          {read.ok && decided?.ok && (
            <>
              <RewardRows decided={decided} jobValue={jobValue} currency={currency} />
              <Legend />
              <Bars
                terms={read.terms}
                currency={currency}
                jobValue={jobValue}
                nth={nth}
                onPick={(one) => {
                  friend.value = String(one)
                }}
              />
            </>
          )}
        </div>
      </section>
      {read.ok && <EachReferral terms={read.terms} currency={currency} jobValue={jobValue} />}
    </>
  )
}
