import { Icon } from '../../shared/ui/icon.tsx'
import { money, say } from '../words.ts'
import { stepsInView } from './homeText.ts'
import type { Currency, Reward } from './types.ts'

/** One bar per friend, because friends are countable. The texts below the bars say the same. */
export function NextReward({ reward, currency }: { reward: Reward; currency: Currency }) {
  const steps = stepsInView(reward.steps)
  return (
    <section class="sec o3">
      <div class="hd">
        <h2>{reward.title}</h2>
        <span class="num">{reward.countText}</span>
      </div>
      <ol class="steps" style={{ '--n': String(steps.length) }}>
        {steps.map((step) => (
          <li key={step.nth} class={step.state === 'open' ? undefined : step.state}>
            <span>
              <b>{step.amount === null ? '\u00a0' : money(step.amount, currency)}</b>
              {say('portal.step.nth', { nth: step.nth })}
              {step.state === 'held' && <span aria-hidden="true">{say('portal.step.held')}</span>}
              <span class="sr-only">{say('portal.step.state', { state: step.state })}</span>
            </span>
          </li>
        ))}
      </ol>
      {reward.why && (
        <p class="nextwhy">
          <Icon name="hourglass" />
          <span>{reward.why}</span>
        </p>
      )}
    </section>
  )
}
