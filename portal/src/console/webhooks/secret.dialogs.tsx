import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime } from '../core/relativeDates.ts'

/** The signing secret for the receiver. */
export function SecretDialog({ secret, until, close }: { secret: string; until: string | null; close: () => void }) {
  const { now, me } = useConsole()
  return (
    <Dialog
      title="Signing secret"
      description="Your server verifies each request with it. Store it with your other secrets."
      onClose={close}
      actions={
        <Button look="primary" onClick={close}>
          Done
        </Button>
      }
    >
      <div class="form secret">
        {until && (
          <Notice tone="info">
            The previous secret also signs until {dayAndTime(until, now.value, me.organization.timeZone)}.
          </Notice>
        )}
        <div class="kb">
          <span class="mono">{secret}</span>
          <CopyButton text={secret} what="the signing secret" />
        </div>
      </div>
    </Dialog>
  )
}

/** Confirms an action that cannot be undone with a click. */
export function ConfirmDialog({
  title,
  children,
  action,
  danger = false,
  run,
  close,
}: {
  title: string
  children: string
  action: string
  danger?: boolean
  run: () => void
  close: () => void
}) {
  return (
    <Dialog
      title={title}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            look={danger ? 'danger' : 'primary'}
            onClick={() => {
              close()
              run()
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <p class="form">{children}</p>
    </Dialog>
  )
}
