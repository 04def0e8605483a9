import { type AdvocateDetail, ChangeCode } from '@goodword/contracts'
import { normalizeCode } from '@goodword/domain'
import { signal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { focusFirstError, TextField } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { Notice } from '../core/notice.tsx'

/** A code that is easy to say. The ones before go on working. */
export function CodeDialog({
  advocate,
  onClose,
  onSaved,
}: {
  advocate: AdvocateDetail
  onClose: () => void
  onSaved: (saved: AdvocateDetail) => void
}) {
  const { client } = useConsole()
  const code = useMemo(() => signal(advocate.code), [advocate.id])
  const sending = useMemo(createSending, [advocate.id])
  const form = useRef<HTMLFormElement>(null)
  const failure = sending.failure.value
  const save = async () => {
    const body = sending.check(ChangeCode.safeParse({ code: code.value }))
    const saved = body && (await sending.send(() => client.advocates.changeCode({ params: { id: advocate.id }, body })))
    if (saved) onSaved(saved)
    else if (form.current) focusFirstError(form.current)
  }
  return (
    <Dialog
      title="Change the code"
      description={`Links with ${advocate.code} go on working.`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="code" look="primary" busy={sending.busy.value}>
            {sending.busy.value ? 'Saving…' : 'Save'}
          </Button>
        </>
      }
    >
      <form
        id="code"
        class="form"
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {failure && Object.keys(failure.fields).length === 0 && <Notice tone="bad">{failure.sentence}</Notice>}
        <TextField
          label="Code"
          mono
          value={code.value}
          error={sending.errors.value.code}
          hint={`3 to 20 letters and digits. It will read ${normalizeCode(code.value) || '…'}.`}
          autofocus
          onInput={(text) => {
            code.value = text
          }}
        />
      </form>
    </Dialog>
  )
}
