import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { focusFirstError } from '../../shared/ui/field.tsx'
import type { IconName } from '../../shared/ui/icon.tsx'
import type { Sending } from './form.ts'
import { Notice } from './notice.tsx'

/** The error about the form as a whole; field errors are shown at their fields. */
export function FormError({ sending }: { sending: Sending }) {
  const failure = sending.failure.value
  return failure && Object.keys(failure.fields).length === 0 ? <Notice tone="bad">{failure.sentence}</Notice> : null
}

/** A form in a dialog, submitted once at a time. After an error, focus moves to the first invalid field. */
export function FormDialog({
  title,
  description,
  note,
  onClose,
  sending,
  send,
  button,
  busyLabel = button,
  look = 'primary',
  icon,
  disabled = false,
  formError = <FormError sending={sending} />,
  children,
}: {
  title: string
  description?: string
  note?: ComponentChildren
  onClose: () => void
  sending: Sending
  /** Resolves to null or false when something has to be corrected first. */
  send: () => Promise<unknown>
  button: string
  busyLabel?: string
  look?: 'primary' | 'danger'
  icon?: IconName
  /** True while data that the form needs is missing. */
  disabled?: boolean
  /** Replaces the plain error text when there is more to show. */
  formError?: ComponentChildren
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
          <Button type="submit" form={id} look={look} icon={icon} busy={busy} disabled={disabled}>
            {busy ? busyLabel : button}
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
        {formError}
        {children}
      </form>
    </Dialog>
  )
}
