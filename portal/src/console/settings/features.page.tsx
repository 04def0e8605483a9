import { type Feature, features } from '@goodword/contracts'
import { may } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { Check } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { FormError } from '../core/formDialog.tsx'
import { SettingsFrame } from './settings.frame.tsx'

const featureLabels: Record<Feature, { title: string; sentence: string; on: string; off: string }> = {
  jobs: {
    title: 'Jobs',
    sentence:
      'Connect the system where you finish jobs. Happy customers are asked for referrals, and a friend’s referral converts when their job is invoiced.',
    on: 'Jobs is on. You’ll find it in the menu.',
    off: 'Jobs is off. Everything it saved stays.',
  },
}

/** What an organization can switch on and off. */
export function FeaturesPage() {
  const { client, me, session, toasts } = useConsole()
  const sending = useMemo(createSending, [])
  const writable = me.actor.type === 'member' && may(me.actor.role, 'settings:write')
  const on = useSignal(me.organization.features)
  const change = async (feature: Feature, isOn: boolean) => {
    const before = on.value
    on.value = features.filter((one) => (one === feature ? isOn : before.includes(one)))
    const body = { features: on.value }
    if (!(await sending.send(() => client.organization.update({ body })))) {
      on.value = before
      return
    }
    await session.load()
    toasts.show({ text: featureLabels[feature][isOn ? 'on' : 'off'] })
  }
  return (
    <SettingsFrame
      section="features"
      lead={
        writable
          ? 'Switch on what you use. A feature that is off is hidden, and keeps its data.'
          : 'Only owners and admins can change these.'
      }
    >
      <section class="card">
        <header>
          <h2>Features</h2>
        </header>
        <div class="body work">
          <FormError sending={sending} />
          <fieldset class="uses" disabled={!writable}>
            <legend class="sr-only">Features of {me.organization.name}</legend>
            {features.map((feature) => (
              <Check
                key={feature}
                checked={on.value.includes(feature)}
                onChange={(isOn) => void change(feature, isOn)}
                title={featureLabels[feature].title}
              >
                {featureLabels[feature].sentence}
              </Check>
            ))}
          </fieldset>
        </div>
      </section>
    </SettingsFrame>
  )
}
