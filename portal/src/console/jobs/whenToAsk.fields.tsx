import type { JobScores, Member } from '@goodword/contracts'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { AffixField, AffixInput } from '../../shared/ui/affix.tsx'
import { Check, Field } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { Section } from '../campaigns/parts.tsx'
import type { RulesDraft, RulesModel } from './askRules.model.ts'
import { scoresSentence } from './scores.sentence.ts'

const scores = [1, 2, 3, 4, 5]

type NumberName = 'delayHours' | 'gapDays' | 'scoreWaitDays'

function NumberField({
  model,
  name,
  label,
  unit,
}: {
  model: RulesModel
  name: NumberName
  label: string
  unit: string
}) {
  const before = model.before.value[name]
  const value = model.draft.value[name]
  return (
    <AffixField
      label={label}
      value={value}
      onInput={(text) => model.edit({ [name]: text })}
      after={unit}
      whole={name !== 'delayHours'}
      width={name === 'gapDays' ? '190px' : '150px'}
      error={model.sending.errors.value[name]}
      hint={value === before ? undefined : `Was ${before} ${unit}`}
    />
  )
}

function TimeField({ model, name, label }: { model: RulesModel; name: 'quietFrom' | 'quietUntil'; label: string }) {
  return (
    <Field label={label} width="150px" error={model.sending.errors.value[name]}>
      {(control) => (
        <input
          {...control}
          class="input num"
          type="time"
          required
          value={model.draft.value[name]}
          onInput={(event) => model.edit({ [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  )
}

/** A group of choices with its label above. */
function Choices<Name extends 'trigger' | 'convertAt'>({
  model,
  name,
  label,
  options,
}: {
  model: RulesModel
  name: Name
  label: string
  options: readonly { value: RulesDraft[Name]; label: string }[]
}) {
  return (
    <div class="field">
      <span class="label" aria-hidden="true">
        {label}
      </span>
      <Segmented
        label={label}
        value={model.draft.value[name]}
        options={options}
        onChange={(value) => model.edit({ [name]: value })}
      />
    </div>
  )
}

function LowestScore({ model, scores: lately }: { model: RulesModel; scores: JobScores | null }) {
  const name = useId()
  const hint = `${name}-lately`
  return (
    <fieldset class="score-field least" aria-describedby={lately ? hint : undefined}>
      <legend>And the score is at least</legend>
      <div class="score">
        {scores.map((score) => (
          <label key={score}>
            <input
              type="radio"
              name={name}
              checked={score === model.draft.value.minScore}
              onChange={() => model.edit({ minScore: score })}
            />
            {score}
          </label>
        ))}
      </div>
      <p class="hint" id={hint}>
        {lately && scoresSentence(lately, model.draft.value.minScore)}
      </p>
    </fieldset>
  )
}

/** The rules of one campaign. `picker` chooses the campaign. */
export function RuleFields({
  model,
  zone,
  members,
  scores: lately,
  picker,
}: {
  model: RulesModel
  /** "Pacific Time". */
  zone: string
  members: readonly Member[]
  /** Null until they are known. */
  scores: JobScores | null
  picker: ComponentChildren
}) {
  const { draft } = model
  const { reminds, followUpHours } = draft.value
  const everyone = { value: '', label: 'Everyone who works on referrals' }
  const known = members.some(({ id }) => id === draft.value.tellMemberId)
  return (
    <>
      <Section title="Who is asked" lead="Customers who are happy with a finished job. They become advocates by it.">
        <Check checked={draft.value.on} onChange={(on) => model.edit({ on })} title="Ask after jobs" />
        <div class="line">
          <Choices
            model={model}
            name="trigger"
            label="When a job is"
            options={[
              { value: 'completed', label: 'Completed' },
              { value: 'invoiced', label: 'Invoiced' },
            ]}
          />
          {picker}
        </div>
        <LowestScore model={model} scores={lately} />
        <div class="line">
          <Select
            label="If no score comes"
            width="190px"
            value={draft.value.withoutScore}
            options={[
              { value: 'skip', label: 'Don’t ask' },
              { value: 'ask', label: 'Ask all the same' },
            ]}
            onChange={(withoutScore) => model.edit({ withoutScore })}
          />
          <NumberField model={model} name="scoreWaitDays" label="After" unit="days" />
        </div>
      </Section>
      <Section
        title="When and how"
        lead={`In your time zone, ${zone}. Texts also keep to the quiet hours where the phone is from.`}
      >
        <div class="line">
          <NumberField model={model} name="delayHours" label="Wait" unit="hours" />
          <TimeField model={model} name="quietFrom" label="No messages from" />
          <TimeField model={model} name="quietUntil" label="Until" />
        </div>
        <Select
          label="Sent as"
          width="280px"
          value={draft.value.channel}
          options={[
            { value: 'text_first', label: 'Text, or else email' },
            { value: 'email_first', label: 'Email, or else text' },
            { value: 'both', label: 'Text and email' },
          ]}
          onChange={(channel) => model.edit({ channel })}
        />
        <div class="line middle">
          <Check
            checked={reminds}
            onChange={(on) => model.edit({ reminds: on })}
            title={
              <>
                Remind once <span class="plain">if the link was never opened, after</span>
              </>
            }
          />
          <span class="reminder">
            <AffixInput
              aria-label="Hours until the reminder"
              value={followUpHours}
              onInput={(text) => model.edit({ followUpHours: text })}
              after="hours"
              whole
            />
          </span>
        </div>
        {model.sending.errors.value.followUpHours && (
          <p class="err" role="alert">
            {model.sending.errors.value.followUpHours}
          </p>
        )}
      </Section>
      <Section title="Not too often" lead="Nobody is asked twice for two jobs in a row, in any campaign.">
        <NumberField model={model} name="gapDays" label="Same person again after" unit="days" />
      </Section>
      <Section
        title="Unhappy customers"
        lead="They are never asked to refer. Your team gets an email, so that somebody can call."
      >
        <Select
          label="Tell"
          width="280px"
          value={known ? draft.value.tellMemberId : ''}
          options={[everyone, ...members.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(tellMemberId) => model.edit({ tellMemberId })}
        />
      </Section>
      <Section title="Friends’ jobs" lead="When a referral converts by itself.">
        <Choices
          model={model}
          name="convertAt"
          label="Their job is"
          options={[
            { value: 'completed', label: 'Completed' },
            { value: 'invoiced', label: 'Invoiced' },
            { value: 'by_hand', label: 'Your team decides' },
          ]}
        />
        <Select
          label="If it is refunded"
          width="280px"
          value={draft.value.refunds}
          options={[
            { value: 'propose', label: 'Propose to take it back' },
            { value: 'take_back', label: 'Take it back' },
          ]}
          onChange={(refunds) => model.edit({ refunds })}
        />
      </Section>
    </>
  )
}
