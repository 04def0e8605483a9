import type { Invitation } from '@goodword/contracts'
import { useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { FormError } from '../core/formDialog.tsx'
import { roleLabels } from '../core/roles.ts'
import { homePath } from '../session/session.model.ts'

/** An invitation to another organization, for someone who already belongs to this one. */
export function JoinDialog({ invitation, close }: { invitation: Invitation; close: () => void }) {
  const { session, toasts } = useConsole()
  const { route } = useLocation()
  const sending = useMemo(createSending, [])
  const { organization, name, role } = invitation
  const answer = async (how: (one: Invitation) => Promise<void>, done: () => void) => {
    const answered = await sending.send(async () => {
      await how(invitation)
      return true
    })
    if (!answered) return
    close()
    done()
  }
  return (
    <Dialog
      title={`Join ${organization.name}?`}
      onClose={close}
      actions={
        <>
          <Button
            onClick={() =>
              void answer(session.decline, () => toasts.show({ text: `You declined to join ${organization.name}.` }))
            }
          >
            Decline
          </Button>
          <Button
            look="primary"
            busy={sending.busy.value}
            onClick={() => void answer(session.join, () => route(homePath))}
          >
            Join {organization.name}
          </Button>
        </>
      }
    >
      <div class="form">
        <FormError sending={sending} />
        <p>
          {organization.name} invited you as {roleLabels[role].label.toLowerCase()}. People there will see you as {name}
          . You stay a member here and can switch between the two.
        </p>
      </div>
    </Dialog>
  )
}
