import type { TargetedInputEvent, TargetedSubmitEvent } from 'preact'
import type { FieldName, Values } from './checks.ts'
import { Field } from './fields.tsx'
import { Icon } from './icons.tsx'
import type { FormModel, FormState } from './model.ts'
import { invitation, Slip } from './slip.tsx'

type Given = { model: FormModel }

/** The whole card, in whichever step the model is. */
export function Card({ model }: Given) {
  const state = model.state()
  return (
    <section class="card" lang="en" aria-labelledby="title">
      {state.step === 'closed' ? (
        <Closed {...state} />
      ) : state.done ? (
        <Thanks {...state} done={state.done} />
      ) : (
        <Invitation model={model} />
      )}
    </section>
  )
}

function Invitation({ model }: Given) {
  const state = model.state()
  const { form } = state
  const title = (
    <h2 id="title" class="title">
      {invitation(form)}
    </h2>
  )
  return (
    <>
      {form.offer ? (
        <Slip offer={form.offer} organization={form.organization.name} advocate={form.advocate}>
          {title}
        </Slip>
      ) : (
        title
      )}
      <FriendForm model={model} />
      <div class="end">
        <p class="fine">{form.privacyNote}</p>
        <span class="mark">Goodword</span>
      </div>
    </>
  )
}

function FriendForm({ model }: Given) {
  const { form, code, errors, step, notice, unsent } = model.state()
  const busy = step === 'sending'
  const figure = form.offer?.figure
  const label = figure ? `Claim my ${figure}` : 'Send my details'
  const common = { errors, busy }
  return (
    <form class="form" noValidate onSubmit={(event) => submit(event, model)} onInput={(event) => recheck(event, model)}>
      {!code && (
        <Field {...common} name="code" label="Your friend’s code" control={{ autocomplete: 'off', maxLength: 40 }} />
      )}
      <div class="pair">
        <Field {...common} name="name" label="Your name" control={{ autocomplete: 'name', maxLength: 100 }} />
        <Field {...common} name="phone" label="Phone" control={{ type: 'tel', autocomplete: 'tel', maxLength: 40 }} />
      </div>
      <Field
        {...common}
        name="email"
        label="Email"
        hint="A phone number or an email address is enough."
        control={{ type: 'email', autocomplete: 'email', maxLength: 254 }}
      />
      <Field {...common} name="message" label="What do you need?" aside="optional" rows={2} />
      <div class="unseen" aria-hidden="true">
        <label>
          Website
          <input name="website" tabIndex={-1} autocomplete="off" />
        </label>
      </div>
      {notice && (
        <p class="notice" role="alert">
          <Icon name="warning" />
          <span>{notice}</span>
        </p>
      )}
      <button type="submit" class={busy ? 'button' : 'button primary'} aria-disabled={busy} aria-busy={busy}>
        {busy ? 'Sending…' : unsent ? 'Try again' : label}
      </button>
      <span class="unseen" role="status">
        {busy && 'Sending your details'}
      </span>
    </form>
  )
}

function Thanks({ form, done }: FormState & { done: NonNullable<FormState['done']> }) {
  const { offer, steps, title, advocateFirstName } = done
  return (
    <>
      <div class="done">
        <span class="tick">
          <Icon name="done" />
        </span>
        <div>
          <h2 id="title" class="title" tabIndex={-1}>
            {title}
          </h2>
          <p>We noted that {advocateFirstName} sent you.</p>
        </div>
      </div>
      {offer.sentence && (
        <Slip offer={offer} organization={form.organization.name} advocate={form.advocate}>
          <p class="title worth">{offer.sentence.replace(offer.figure || '', '').trim()}</p>
        </Slip>
      )}
      <ol class="steps">
        {steps.map((step) => (
          <li>
            <span>{step}</span>
          </li>
        ))}
      </ol>
      <div class="end">
        <span class="mark">Goodword</span>
      </div>
    </>
  )
}

function Closed({ form }: FormState) {
  const { phone } = form.organization
  return (
    <>
      <h2 id="title" class="title">
        {form.closed?.sentence}
      </h2>
      {phone && (
        <a class="button" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
          Call {phone}
        </a>
      )}
      <div class="end">
        <span class="mark">Goodword</span>
      </div>
    </>
  )
}

function typed(form: HTMLFormElement): Values & { website: string } {
  const data = new FormData(form)
  const value = (name: string) => String(data.get(name) ?? '').trim()
  return {
    code: value('code'),
    name: value('name'),
    phone: value('phone'),
    email: value('email'),
    message: value('message'),
    website: value('website'),
  }
}

function submit(event: TargetedSubmitEvent<HTMLFormElement>, model: FormModel) {
  event.preventDefault()
  const { website, ...values } = typed(event.currentTarget)
  void model.submit(values, website)
}

function recheck(event: TargetedInputEvent<HTMLFormElement>, model: FormModel) {
  const { target } = event
  if (target instanceof HTMLInputElement) model.recheck(typed(event.currentTarget), target.name as FieldName)
}
