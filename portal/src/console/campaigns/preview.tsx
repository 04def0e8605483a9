import type { CampaignForm, Currency, Offer } from '@goodword/contracts'
import { consoleWords } from '@goodword/words/console'
import { useSignal } from '@preact/signals'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { useConsole } from '../core/console.ts'
import { fromFormDraft } from './draftForm.ts'
import type { EditorModel } from './editor.model.ts'
import { RewardCalculator } from './rewardCalculator.tsx'

function PreviewField({ label, optional, wide }: { label: string; optional: boolean; wide?: boolean }) {
  return (
    <div class={wide ? 'field all' : 'field'}>
      <span class="label">
        {label}
        {optional && <span class="opt"> optional</span>}
      </span>
      <span class="input" />
    </div>
  )
}

function Question({ question }: { question: NonNullable<CampaignForm['question']> }) {
  const label = question.label.trim() || 'Your question'
  if (question.choices.length === 0) return <PreviewField label={label} optional={!question.required} wide />
  return (
    <div class="field all">
      <span class="label">
        {label}
        {!question.required && <span class="opt"> optional</span>}
      </span>
      <ul class="choices">
        {question.choices.map((choice) => (
          <li key={choice}>{choice}</li>
        ))}
      </ul>
    </div>
  )
}

function FormPreview({ offer, form }: { offer: Offer; form: CampaignForm }) {
  const { me } = useConsole()
  const { figure, sentence, condition } = offer
  const asked = [
    { label: 'Email', state: form.email },
    { label: 'Phone', state: form.phone },
  ]
  return (
    <>
      <div class="voucher">
        <div class="o">
          {figure && <b>{figure}</b>}
          <span>{figure ? `Anna gave you ${sentence}` : `Anna recommends us. ${sentence}`}</span>
        </div>
        <div class="q">{condition ?? `From Anna, at ${me.organization.name}`}</div>
      </div>
      <div class="pair-fields">
        <PreviewField label="Your name" optional={false} wide />
        {asked.map(
          ({ label, state }) =>
            state !== 'hidden' && <PreviewField key={label} label={label} optional={state === 'optional'} />,
        )}
        {form.message !== 'hidden' && <PreviewField label="Message" optional={form.message === 'optional'} wide />}
        {form.question && <Question question={form.question} />}
        {form.consent && (
          <p class="agree">
            <i /> {form.consent.text.trim() || 'Your consent text'}
          </p>
        )}
      </div>
      <span class="btn primary block">{figure ? `Claim my ${figure}` : 'Send my details'}</span>
    </>
  )
}

/** How the form will look on the business's page, in its color. The controls are inactive. */
function FriendForm({ model, currency }: { model: EditorModel; currency: Currency }) {
  const { organization } = useConsole().me
  const look = useSignal<'form' | 'thanks'>('form')
  const read = model.read.value
  const draft = model.draft.value
  const terms = read.ok ? read.terms : model.base.value?.terms
  const offer = terms ? consoleWords.offer(terms, currency, draft.friendOffer) : null
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
          {offer && look.value === 'form' && <FormPreview offer={offer} form={fromFormDraft(draft.form)} />}
          {offer && look.value === 'thanks' && (
            <div class="thanks">
              <b>
                {offer.figure
                  ? `Thanks, Priya. Your ${offer.figure}${offer.use === 'after_job' ? ' credit' : ''} is saved.`
                  : 'Thanks, Priya.'}
              </b>
              <p>{organization.name} calls you back. Anna hears that a friend got in touch, not who.</p>
            </div>
          )}
        </div>
      </div>
    </section>
  )
}

/** Previews unsaved values: the form on the form tab, otherwise the reward calculator. */
export function Preview({
  model,
  currency,
  first,
}: {
  model: EditorModel
  currency: Currency
  first: 'form' | 'pays'
}) {
  const form = <FriendForm key="form" model={model} currency={currency} />
  const pays = <RewardCalculator key="pays" model={model} currency={currency} />
  return (
    <aside class="prev" aria-label="Live preview">
      {first === 'form' ? [form, pays] : [pays, form]}
    </aside>
  )
}
