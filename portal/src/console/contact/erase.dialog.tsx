import type { ContactDetail } from '@goodword/contracts'
import { sameName } from '@goodword/domain'
import { signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { TextField } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { FormDialog } from '../core/formDialog.tsx'

/** Permanently erases a contact after their name was typed to confirm. */
export function EraseDialog({
  contact,
  onClose,
  onErased,
}: {
  contact: ContactDetail
  onClose: () => void
  onErased: (erased: ContactDetail) => void
}) {
  const { client } = useConsole()
  const typed = useMemo(() => signal(''), [contact.id])
  const sending = useMemo(createSending, [contact.id])
  const matches = sameName(typed.value, contact.name)
  const erase = async () => {
    if (!matches) return sending.showErrors({ name: `Type ${contact.name}.` })
    const body = { name: typed.value }
    const erased = await sending.send(() => client.contacts.erase({ params: { id: contact.id }, body }))
    if (erased) onErased(erased)
    return erased
  }
  return (
    <FormDialog
      title={`Erase ${contact.name}`}
      description="For when someone asks you to delete their data. This can’t be undone."
      onClose={onClose}
      sending={sending}
      send={erase}
      button="Erase permanently"
      busyLabel="Erasing…"
      look="danger"
      icon="trash"
    >
      <ul class="plain">
        <li>Their name, addresses, messages and what they wrote are deleted everywhere.</li>
        <li>Their links stop, their portal closes, and open referrals with them as the friend are declined.</li>
        <li>Friends they referred keep what they were promised.</li>
        <li>Amounts on the ledger stay, under “Erased person”.</li>
      </ul>
      <TextField
        label={`Type “${contact.name}” to confirm`}
        value={typed.value}
        error={sending.errors.value.name}
        autofocus
        onInput={(text) => {
          typed.value = text
        }}
      />
    </FormDialog>
  )
}
