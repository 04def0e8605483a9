import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import type { SignInReason } from '../portal.model.ts'
import { say } from '../words.ts'
import type { FreshLink } from './freshLink.ts'
import { FreshLinkButton } from './freshLinkButton.tsx'
import type { SignInModel } from './signIn.model.ts'

type SignInProps = { model: SignInModel; reason: SignInReason; expiredToken: string | null; fresh: FreshLink }

export function SignInPage({ model, ...rest }: SignInProps) {
  return model.sent.value ? <LinkSent model={model} /> : <AskForLink model={model} {...rest} />
}

function AskForLink({ model, reason, expiredToken, fresh }: SignInProps) {
  const field = useRef<HTMLInputElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const problem = model.problem.value
  useEffect(() => heading.current?.focus(), [])

  async function submit(event: Event) {
    event.preventDefault()
    await model.submit()
    if (model.problem.value) field.current?.focus()
  }

  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {say(reason === 'no-session' ? 'email.seeCredit' : `portal.signIn.${reason}.title`)}
      </h1>
      <p>{say(`portal.signIn.${reason}.line`)}</p>
      {model.errorText.value && (
        <div class="notice bad" role="alert">
          <Icon name="alert" />
          <span>
            <b>{say('portal.error.linkUnsent')}</b> {model.errorText.value}
          </span>
        </div>
      )}
      {expiredToken !== null && (
        <>
          <FreshLinkButton model={fresh} onSend={() => fresh.insteadOf(expiredToken)}>
            {say('portal.signIn.newLink')}
          </FreshLinkButton>
          <p class="or">{say('portal.signIn.or')}</p>
        </>
      )}
      <form noValidate onSubmit={submit}>
        <div class="field lg">
          <label for="address">{say('portal.signIn.address')}</label>
          <input
            ref={field}
            class="input"
            id="address"
            name="username"
            type="text"
            inputMode="email"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            maxLength={254}
            value={model.address.value}
            aria-invalid={problem ? 'true' : undefined}
            aria-describedby={problem ? 'address-error' : 'address-hint'}
            onInput={(event) => model.type(event.currentTarget.value)}
          />
          {problem ? (
            <span class="err" id="address-error">
              <Icon name="alert" />
              {problem}
            </span>
          ) : (
            <span class="hint" id="address-hint">
              {say('portal.signIn.hint')}
            </span>
          )}
        </div>
        <button
          class={`btn lg block ${expiredToken === null ? 'primary' : ''}`}
          type="submit"
          aria-busy={model.busy.value}
        >
          {say(model.busy.value ? 'portal.signIn.sending' : 'portal.signIn.send')}
        </button>
      </form>
    </>
  )
}

function LinkSent({ model }: { model: SignInModel }) {
  // The address is bold, wherever it is in the sentence.
  const [before, after] = say('portal.signIn.sentTo', { address: '\n' }).split('\n')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {say('portal.signIn.sentTitle')}
      </h1>
      <p>
        {before}
        <b class="strong">{model.address.value.trim()}</b>
        {after}
      </p>
      <button class="btn lg block" type="button" onClick={model.again}>
        {say('portal.signIn.other')}
      </button>
    </>
  )
}
