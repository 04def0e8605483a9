import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { focusFirstError } from '../../shared/ui/field.tsx'
import type { IconName } from '../../shared/ui/icon.tsx'
import type { Sending } from './form.ts'
import { Notice } from './notice.tsx'

/** What was refused as a whole; what is wrong with a field is said at the field. */
export function Refused({ sending }: { sending: Sending }) {
  const failure = sending.failure.value
  return failure && Object.keys(failure.fields).length === 0 ? <Notice tone="bad">{failure.sentence}</Notice> : null
}

/** A form in a dialog, sent once at a time; then the focus is on the first field that is wrong. */
export function FormDialog({
  title,
  description,
  note,
  onClose,
  sending,
  send,
  button,
  busyWords = button,
  look = 'primary',
  icon,
  refused = <Refused sending={sending} />,
  children,
}: {
  title: string
  description?: string
  note?: ComponentChildren
  onClose: () => void
  sending: Sending
  /** Answers null or false when something has to be mended first. */
  send: () => Promise<unknown>
  button: string
  busyWords?: string
  look?: 'primary' | 'danger'
  icon?: IconName
  /** In place of the sentence alone, where there is more to say about a refusal. */
  refused?: ComponentChildren
  children: ComponentChildren
}) {
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const busy = sending.busy.value
  const submit = async () => {
    if (!(await send()) && form.current) focusFirstError(form.current)
  }
  return (
    <Dialog
      title={title}
      description={description}
      note={note}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={id} look={look} icon={icon} busy={busy}>
            {busy ? busyWords : button}
          </Button>
        </>
      }
    >
      <form
        id={id}
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {refused}
        {children}
      </form>
    </Dialog>
  )
}
