import { Check, TextArea, TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import type { FieldState, FormField } from './draftForm.ts'
import type { EditorModel } from './editor.model.ts'
import { Section, WasHint, wasHint } from './parts.tsx'

type Props = { model: EditorModel }

const stateLabels: Record<FieldState, string> = { required: 'Required', optional: 'Optional', hidden: 'Not asked' }
const stateOptions = (['required', 'optional', 'hidden'] as const).map((value) => ({
  value,
  label: stateLabels[value],
}))

const asked: { field: FormField; label: string }[] = [
  { field: 'email', label: 'Email' },
  { field: 'phone', label: 'Phone' },
  { field: 'message', label: 'Message' },
]

const fieldLabels = (text: string) => (text === 'true' ? 'asked' : 'not asked')

function Fields({ model }: Props) {
  const { form } = model.draft.value
  const errors = model.sending.errors.value
  return (
    <Section title="Fields" lead="The name is always asked. A friend needs an email address or a phone number.">
      <div class="asked">
        {asked.map(({ field, label }) => (
          <div key={field}>
            <b>{label}</b>
            <Segmented
              label={label}
              value={form[field]}
              options={stateOptions}
              onChange={(state) => model.editForm({ [field]: state })}
            />
            <span class="hint">
              {wasHint(model, `form.${field}`, (text) => stateLabels[text as FieldState].toLowerCase())}
            </span>
          </div>
        ))}
      </div>
      {errors['form.phone'] && (
        <p class="late" role="alert">
          {errors['form.phone']}
        </p>
      )}
    </Section>
  )
}

function Consent({ model }: Props) {
  const { form } = model.draft.value
  return (
    <Section title="Consent" lead="A checkbox the friend must tick, unless it’s about text messages.">
      <Check
        checked={form.asksConsent}
        title="Ask for consent"
        onChange={(asksConsent) => model.editForm({ asksConsent })}
      />
      <WasHint model={model} name="form.asksConsent" show={fieldLabels} />
      {form.asksConsent && (
        <>
          <div class="wide">
            <TextArea
              label="What they agree to"
              rows={3}
              value={form.consentText}
              error={model.sending.errors.value['form.consentText']}
              hint={wasHint(
                model,
                'form.consentText',
                (text) => `“${text}”`,
                'Such as “You may call and text me about this visit.”',
              )}
              onInput={(consentText) => model.editForm({ consentText })}
            />
          </div>
          <Check
            checked={form.consentTexts}
            title="They agree to text messages"
            onChange={(consentTexts) => model.editForm({ consentTexts })}
          >
            The checkbox becomes optional. Friends who tick it may be asked to refer by text after their job.
          </Check>
          <WasHint
            model={model}
            name="form.consentTexts"
            show={(text) => (text === 'true' ? 'about text messages' : 'not about text messages')}
          />
        </>
      )}
    </Section>
  )
}

const answerOptions = [
  { value: 'own_words', label: 'Free text' },
  { value: 'choices', label: 'A list of choices' },
] as const

function Question({ model }: Props) {
  const { form } = model.draft.value
  const errors = model.sending.errors.value
  return (
    <Section title="Your question" lead="One more question. You’ll see the answer on the referral.">
      <Check
        checked={form.asksQuestion}
        title="Ask a question"
        onChange={(asksQuestion) => model.editForm({ asksQuestion })}
      />
      <WasHint model={model} name="form.asksQuestion" show={fieldLabels} />
      {form.asksQuestion && (
        <>
          <TextField
            label="Question"
            width="min(360px, 100%)"
            placeholder="What needs fixing?"
            value={form.questionLabel}
            error={errors['form.questionLabel']}
            hint={wasHint(model, 'form.questionLabel', (text) => `“${text}”`)}
            onInput={(questionLabel) => model.editForm({ questionLabel })}
          />
          <Segmented
            label="How they answer"
            value={form.answer}
            options={answerOptions}
            onChange={(answer) => model.editForm({ answer })}
          />
          <WasHint
            model={model}
            name="form.answer"
            show={(text) => (text === 'choices' ? 'one of your choices' : 'in their own words')}
          />
          {form.answer === 'choices' && (
            <div class="wide">
              <TextArea
                label="Choices"
                rows={4}
                value={form.choices}
                error={errors['form.choices']}
                hint={wasHint(
                  model,
                  'form.choices',
                  (text) => `“${text.replaceAll('\n', '”, “')}”`,
                  'One per line, up to 12.',
                )}
                onInput={(choices) => model.editForm({ choices })}
              />
            </div>
          )}
          <Check
            checked={form.questionRequired}
            title="An answer is required"
            onChange={(questionRequired) => model.editForm({ questionRequired })}
          />
          <WasHint
            model={model}
            name="form.questionRequired"
            show={(text) => (text === 'true' ? 'required' : 'not required')}
          />
        </>
      )}
    </Section>
  )
}

/** What the friend form asks: its fields, consent, and one custom question. */
export function FormTab({ model }: Props) {
  return (
    <>
      <Fields model={model} />
      <Consent model={model} />
      <Question model={model} />
    </>
  )
}
