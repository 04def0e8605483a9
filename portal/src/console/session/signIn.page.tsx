import { useEffect, useMemo, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { focusFirstError, TextField } from '../../shared/ui/field.tsx'
import { GoodwordMark } from '../../shared/ui/gwmark.tsx'
import { Notice } from '../core/notice.tsx'
import { roleLabels } from '../core/roles.ts'
import type { Session } from './session.model.ts'
import { createSignIn, type SignInModel } from './signIn.model.ts'
import './signIn.css'

const titles = {
  ask: 'Sign in to the console',
  asked: 'Check your inbox',
  link: 'Sign in to the console',
  spent: 'This link no longer works',
  join: 'Join an organization',
  declined: 'Invitation declined',
} as const

function RequestLink({ model }: { model: SignInModel }) {
  const form = useRef<HTMLFormElement>(null)
  const { sending } = model
  return (
    <form
      ref={form}
      noValidate
      onSubmit={async (event) => {
        event.preventDefault()
        await model.ask()
        if (form.current) focusFirstError(form.current)
      }}
    >
      {sending.failure.value && <Notice tone="bad">{sending.failure.value.sentence}</Notice>}
      <TextField
        label="Your email address"
        type="email"
        name="email"
        autocomplete="email"
        value={model.email.value}
        error={sending.errors.value.email}
        onInput={(text) => {
          model.email.value = text
        }}
      />
      <Button type="submit" look="primary" size="lg" block busy={sending.busy.value}>
        {sending.busy.value ? 'Sending…' : 'Send me a link'}
      </Button>
      <p class="muted">We’ll email you a sign-in link. No password needed.</p>
    </form>
  )
}

function LinkSent({ model }: { model: SignInModel }) {
  return (
    <>
      <p>If that address belongs to a member, a link is on its way. It works for 10 minutes.</p>
      <Notice tone="info">
        Without an email server, the link is printed in the terminal where Goodword runs instead.
      </Notice>
      <Button size="lg" block onClick={model.again}>
        Use another address
      </Button>
    </>
  )
}

function UseLink({ model, onSignedIn }: { model: SignInModel; onSignedIn: () => void }) {
  const { sending } = model
  return (
    <>
      {sending.failure.value && <Notice tone="bad">{sending.failure.value.sentence}</Notice>}
      <p>This signs you in on this device. The link works once.</p>
      <Button
        look="primary"
        size="lg"
        block
        busy={sending.busy.value}
        onClick={async () => {
          if (await model.use()) onSignedIn()
        }}
      >
        {sending.busy.value ? 'Signing in…' : 'Sign in'}
      </Button>
    </>
  )
}

function Join({ model, elsewhere, onSignedIn }: { model: SignInModel; elsewhere: boolean; onSignedIn: () => void }) {
  const { sending } = model
  const invitation = model.invitation.value
  if (!invitation) return null
  const { organization, role, name } = invitation
  return (
    <>
      {sending.failure.value && <Notice tone="bad">{sending.failure.value.sentence}</Notice>}
      <p>
        {organization.name} invited you as {roleLabels[role].label.toLowerCase()}. People there will see you as {name}.
      </p>
      <Button
        look="primary"
        size="lg"
        block
        busy={sending.busy.value}
        onClick={async () => {
          if (await model.join()) onSignedIn()
        }}
      >
        Join {organization.name}
      </Button>
      <Button
        size="lg"
        block
        onClick={async () => {
          if (await model.decline()) onSignedIn()
        }}
      >
        Decline
      </Button>
      {elsewhere && (
        <Button size="lg" block onClick={onSignedIn}>
          Decide later
        </Button>
      )}
    </>
  )
}

/** The sign-in page: request a link, use the one in the URL, or answer an invitation. */
export function SignInPage({
  session,
  token,
  onSignedIn,
}: {
  session: Session
  token: string | null
  onSignedIn: () => void
}) {
  const model = useMemo(() => createSignIn({ session, token }), [session, token])
  const heading = useRef<HTMLHeadingElement>(null)
  const step = model.step.value
  const invited = model.invitation.value
  const title = step === 'join' && invited ? `Join ${invited.organization.name}?` : titles[step]
  useEffect(() => void model.lookForInvitation(), [model])
  useEffect(() => {
    document.title = `${title} · Goodword`
    heading.current?.focus()
  }, [title])
  return (
    <main class="sign-in">
      <section class="card">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {step === 'asked' && <LinkSent model={model} />}
        {step === 'join' && (
          <Join model={model} elsewhere={session.state.value.kind === 'in'} onSignedIn={onSignedIn} />
        )}
        {step === 'declined' && <p>You were not added. You can close this page.</p>}
        {step === 'link' && <UseLink model={model} onSignedIn={onSignedIn} />}
        {step === 'spent' && <p>It was used already, or it is more than 10 minutes old. Ask for a new one.</p>}
        {(step === 'ask' || step === 'spent') && <RequestLink model={model} />}
      </section>
      <GoodwordMark words="Run with" />
    </main>
  )
}
