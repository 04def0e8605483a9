import type { ContactDetail } from '@goodword/contracts'
import { useMemo } from 'preact/hooks'
import { Check, TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { languageOptions, notifyOptions } from './contact.labels.ts'
import { createProfile } from './contact.model.ts'

/** Name, language and notification preferences. */
export function ProfileDialog({
  contact,
  onClose,
  onSaved,
}: {
  contact: ContactDetail
  onClose: () => void
  onSaved: (saved: ContactDetail) => void
}) {
  const { client, me } = useConsole()
  const { timeZone } = me.organization
  const model = useMemo(() => createProfile({ client, contact, timeZone }), [client, contact.id])
  const { errors } = model.sending
  const save = async () => {
    const saved = await model.save()
    if (saved) onSaved(saved)
    return saved
  }
  return (
    <FormDialog
      title={`Edit ${contact.name}`}
      onClose={onClose}
      sending={model.sending}
      send={save}
      button="Save"
      busyLabel="Saving…"
    >
      <TextField
        label="Name"
        value={model.name.value}
        error={errors.value.name}
        autofocus
        onInput={(text) => {
          model.name.value = text
        }}
      />
      <div class="two">
        <TextField
          label="Customer since"
          type="date"
          optional
          value={model.customerSince.value}
          error={errors.value.customerSince}
          hint="Leave blank if they haven’t bought yet"
          onInput={(text) => {
            model.customerSince.value = text
          }}
        />
        <Select
          label="Language"
          value={model.language.value}
          options={languageOptions}
          onChange={(language) => {
            model.language.value = language
          }}
        />
      </div>
      <Select
        label="Messages they get"
        value={model.notify.value}
        options={notifyOptions}
        onChange={(notify) => {
          model.notify.value = notify
        }}
      />
      <Check
        checked={model.sharesName.value}
        title="Show their first name to friends"
        onChange={(checked) => {
          model.sharesName.value = checked
        }}
      >
        Otherwise the form says “a friend”.
      </Check>
    </FormDialog>
  )
}
