import { type AdvocateDetail, ChangeCode } from '@goodword/contracts'
import { normalizeCode } from '@goodword/domain'
import { signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { TextField } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { FormDialog } from '../core/formDialog.tsx'

/** Sets a custom code. Earlier codes keep working. */
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
  const save = async () => {
    const body = sending.check(ChangeCode.safeParse({ code: code.value }))
    const saved = body && (await sending.send(() => client.advocates.changeCode({ params: { id: advocate.id }, body })))
    if (saved) onSaved(saved)
    return saved
  }
  return (
    <FormDialog
      title="Change the code"
      description={`Links with ${advocate.code} keep working.`}
      onClose={onClose}
      sending={sending}
      send={save}
      button="Save"
      busyLabel="Saving…"
    >
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
    </FormDialog>
  )
}
