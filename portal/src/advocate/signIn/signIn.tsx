import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import type { Because } from '../portal.model.ts'
import type { FreshLink } from './freshLink.ts'
import { FreshLinkButton } from './freshLinkButton.tsx'
import type { SignInModel } from './signIn.model.ts'

const words: Record<Because, { title: string; line: string }> = {
  'no-session': {
    title: 'See your credit',
    line: 'We send you a link that opens your portal. No password.',
  },
  'session-ended': {
    title: 'Sign in again',
    line: 'You were signed out to keep your credit safe. We send you a new link.',
  },
  'link-ended': {
    title: 'This link no longer works',
    line: 'Links end after a while, and a sign-in link works once. Get a new one here.',
  },
  erased: {
    title: 'Your data is erased',
    line: 'What said who you are is gone for good. If another business knows you, sign in there.',
  },
  'address-waits': {
    title: 'Sign in first',
    line: 'Then open the link to your new address again. It works for an hour.',
  },
  'signed-out': { title: 'You are signed out', line: 'We send you a link whenever you want to come back.' },
}

type SignInProps = { model: SignInModel; because: Because; ended: string | null; fresh: FreshLink }

export function SignInPage({ model, ...rest }: SignInProps) {
  return model.sent.value ? <OnItsWay model={model} /> : <AskForLink model={model} {...rest} />
}

function AskForLink({ model, because, ended, fresh }: SignInProps) {
  const field = useRef<HTMLInputElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const problem = model.problem.value
  useEffect(() => heading.current?.focus(), [])
  const { title, line } = words[because]

  async function submit(event: Event) {
    event.preventDefault()
    await model.submit()
    if (model.problem.value) field.current?.focus()
  }

  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>{line}</p>
      {model.trouble.value && (
        <div class="notice bad" role="alert">
          <Icon name="alert" />
          <span>
            <b>The link was not sent.</b> {model.trouble.value}
          </span>
        </div>
      )}
      {ended !== null && (
        <>
          <FreshLinkButton model={fresh} onSend={() => fresh.insteadOf(ended)}>
            Send me a new link
          </FreshLinkButton>
          <p class="or">It goes to where this one was sent. Or say where:</p>
        </>
      )}
      <form noValidate onSubmit={submit}>
        <div class="field lg">
          <label for="address">Email or phone</label>
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
              The one the business has for you.
            </span>
          )}
        </div>
        <button class={`btn lg block ${ended === null ? 'primary' : ''}`} type="submit" aria-busy={model.busy.value}>
          {model.busy.value ? 'Sending…' : 'Send me a link'}
        </button>
      </form>
    </>
  )
}

function OnItsWay({ model }: { model: SignInModel }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Look at your messages
      </h1>
      <p>
        If we know <b class="strong">{model.address.value.trim()}</b>, a link is on its way. It works for 10 minutes.
      </p>
      <button class="btn lg block" type="button" onClick={model.again}>
        Use another address
      </button>
    </>
  )
}
