import { useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Notice } from '../core/notice.tsx'
import type { Session } from './session.model.ts'
import { createSignIn } from './signIn.model.ts'

/**
 * Shown when the session ends while someone works. The screen below stays as it is, and continues once the user
 * signs in again, in any tab.
 */
export function SignInAgain({ session, email }: { session: Session; email: string }) {
  const model = useMemo(() => {
    const made = createSignIn({ session, token: null })
    made.email.value = email
    return made
  }, [session, email])
  const asked = model.step.value === 'asked'
  const failure = model.sending.failure.value
  return (
    <Dialog
      title="Sign in again"
      description="You were signed out. What you were doing is still here."
      onClose={session.load}
      actions={
        <>
          <Button onClick={session.leave}>Leave this page</Button>
          {asked ? (
            <Button look="primary" onClick={() => void session.load()}>
              I am signed in
            </Button>
          ) : (
            <Button look="primary" icon="send" busy={model.sending.busy.value} onClick={() => void model.ask()}>
              Send me a link
            </Button>
          )}
        </>
      }
    >
      <div class="form">
        {failure && <Notice tone="bad">{failure.sentence}</Notice>}
        {asked ? (
          <p role="status">
            A link is on its way to {email}. Open it in this browser and come back: this page goes on where it was.
          </p>
        ) : (
          <p>We send a sign-in link to {email}. It works for 10 minutes.</p>
        )}
      </div>
    </Dialog>
  )
}
