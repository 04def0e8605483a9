import type { Currency, Terms } from '@goodword/contracts'
import {
  decideRewards,
  formatMoney,
  friendOffer,
  ordinal,
  parseMoney,
  rewardByFriend,
  type SideReward,
} from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { AffixInput } from '../../shared/ui/affix.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { useConsole } from '../core/console.ts'
import type { EditorModel } from './editor.model.ts'
import { formatTyped, symbolOf } from './parts.tsx'

const barRoom = 88

/** What the advocate earns for each of the first five friends. The list below the bars says the same. */
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
  const steps = rewardByFriend(terms, currency, jobValue)
  const most = Math.max(1, ...steps.map(({ base, bonus }) => base + bonus))
  const tall = (amount: number) => (amount === 0 ? '0px' : `${Math.max(3, (amount / most) * barRoom)}px`)
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

function SideRows({ who, reward, currency }: { who: string; reward: SideReward; currency: Currency }) {
  if (reward.kind === 'none') {
    return (
      <div>
        <dt>{who}</dt>
        <dd>{reward.note ?? 'Nothing'}</dd>
      </div>
    )
  }
  const lines = reward.lines.length > 0 ? reward.lines : [{ label: reward.text ?? '', amount: 0 }]
  return (
    <>
      {lines.map((line) => (
        <div key={line.label}>
          <dt>
            {who}: {who === 'Friend' && line.label === 'Fixed reward' ? 'off the job' : line.label}
          </dt>
          <dd>{formatMoney(line.amount, currency)}</dd>
        </div>
      ))}
    </>
  )
}

type Decided = Extract<ReturnType<typeof decideRewards>, { ok: true }>

function PaidRows({ decided, jobValue, currency }: { decided: Decided; jobValue: number | null; currency: Currency }) {
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

const before = (nth: number) => ({ ever: nth - 1, thisYear: nth - 1 })

/** Who would get what from one job, by the terms as they are typed now. */
function JobPays({ model, currency }: { model: EditorModel; currency: Currency }) {
  const typed = useSignal(currency === 'JPY' ? '120,000' : '1,200.00')
  const nth = useSignal(3)
  const read = model.read.value
  const jobValue = parseMoney(typed.value, currency) || null
  const decided = read.ok
    ? decideRewards({
        current: read.terms,
        promised: null,
        currency,
        jobValue,
        convertedBefore: before(nth.value),
        paidToAdvocate: { ever: 0, year: 0, month: 0 },
        paidInCampaign: 0,
        friendWithoutReward: false,
      })
    : null
  return (
    <section class="card pay">
      <header>
        <h2>What would a job pay?</h2>
      </header>
      <div class="in">
        <b>A job of</b>
        <AffixInput
          aria-label="A job of"
          before={symbolOf(currency)}
          value={typed.value}
          format={formatTyped(currency)}
          onInput={(text) => {
            typed.value = text
          }}
        />
        <span class="r muted">for the {ordinal(nth.value)} friend</span>
      </div>
      <div class="body" aria-live="polite">
        {!read.ok && <p class="muted">Complete the rewards to see what a job pays.</p>}
        {decided?.ok === false && <p class="muted">Enter a job value.</p>}
        {read.ok && decided?.ok && (
          <>
            <PaidRows decided={decided} jobValue={jobValue} currency={currency} />
            <Legend />
            <Bars
              terms={read.terms}
              currency={currency}
              jobValue={jobValue}
              nth={nth.value}
              onPick={(one) => {
                nth.value = one
              }}
            />
          </>
        )}
      </div>
    </section>
  )
}

function FormLook({
  figure,
  sentence,
  condition,
}: {
  figure: string | null
  sentence: string
  condition: string | null
}) {
  return (
    <>
      <div class="slip">
        <div class="o">
          {figure && <b>{figure}</b>}
          <span>{figure ? `Anna gave you ${sentence}` : `Anna recommends us. ${sentence}`}</span>
        </div>
        <div class="q">{condition ?? 'Leave your details and we call you back'}</div>
      </div>
      <div class="pair-fields">
        <div class="field">
          <span class="label">Your name</span>
          <span class="input" />
        </div>
        <div class="field">
          <span class="label">Phone</span>
          <span class="input" />
        </div>
      </div>
      <span class="btn primary block">{figure ? `Claim my ${figure}` : 'Send my details'}</span>
    </>
  )
}

/** How the form will look on the business's page, in its color. Nothing in it works. */
function FriendForm({ model, currency }: { model: EditorModel; currency: Currency }) {
  const { organization } = useConsole().me
  const look = useSignal<'form' | 'thanks'>('form')
  const read = model.read.value
  const offer = read.ok ? friendOffer(read.terms, currency, model.draft.value.friendOffer) : null
  return (
    <section class="card">
      <header>
        <h2>Friend form</h2>
        <Segmented
          label="Preview"
          value={look.value}
          options={[
            { value: 'form', label: 'Form' },
            { value: 'thanks', label: 'Thank-you' },
          ]}
          onChange={(value) => {
            look.value = value
          }}
        />
      </header>
      <div class="frame">
        <div class="wc" data-brand inert style={{ '--gw-brand': organization.brandColor }}>
          {!offer && <p class="muted">Complete the rewards to see the form.</p>}
          {offer && look.value === 'form' && <FormLook {...offer} />}
          {offer && look.value === 'thanks' && (
            <div class="thanks">
              <b>{offer.figure ? `Thanks, Priya. Your ${offer.figure} is saved.` : 'Thanks, Priya.'}</b>
              <p>{organization.name} calls you back. Anna hears that a friend got in touch, not who.</p>
            </div>
          )}
        </div>
      </div>
    </section>
  )
}

/** Follows unsaved values. */
export function Preview({ model, currency }: { model: EditorModel; currency: Currency }) {
  return (
    <aside class="prev" aria-label="Live preview">
      <JobPays model={model} currency={currency} />
      <FriendForm model={model} currency={currency} />
    </aside>
  )
}
