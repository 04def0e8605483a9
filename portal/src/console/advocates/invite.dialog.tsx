import type { Advocate } from '@goodword/contracts'
import { useMemo } from 'preact/hooks'
import { Check, TextField } from '../../shared/ui/field.tsx'
import { CampaignChoice } from '../core/campaignChoice.tsx'
import { useConsole } from '../core/console.ts'
import { FormDialog, FormError } from '../core/formDialog.tsx'
import { Notice } from '../core/notice.tsx'
import { createInvite, type InviteModel } from './advocates.model.ts'

function InviteError({ model }: { model: InviteModel }) {
  const existing = model.existing.value
  if (!existing || !model.sending.failure.value) return <FormError sending={model.sending} />
  return (
    <Notice tone="bad">
      <b>{existing.name} is already an advocate of this campaign.</b> Their code is {existing.code}.{' '}
      <a href={`/console/advocates/${existing.id}`}>Show them</a>
    </Notice>
  )
}

function ContactFields({ model }: { model: InviteModel }) {
  const errors = model.sending.errors.value
  return (
    <>
      <TextField
        label="Name"
        value={model.name.value}
        error={errors.name}
        autofocus
        onInput={(text) => {
          model.name.value = text
        }}
      />
      <div class="two">
        <TextField
          label="Email"
          type="email"
          value={model.email.value}
          error={errors.email}
          onInput={(text) => {
            model.email.value = text
          }}
        />
        <TextField
          label="Phone"
          type="tel"
          value={model.phone.value}
          error={errors.phone}
          onInput={(text) => {
            model.phone.value = text
          }}
        />
      </div>
    </>
  )
}

/** Enrolls a contact and sends them their link. */
export function InviteDialog({ onClose, onInvited }: { onClose: () => void; onInvited: (advocate: Advocate) => void }) {
  const { client, me } = useConsole()
  const model = useMemo(() => createInvite({ client }), [client])
  const invite = async () => {
    const invited = await model.invite()
    if (invited) onInvited(invited)
    return invited
  }
  return (
    <FormDialog
      title="Invite an advocate"
      description="They get their own link and a page that shows their credit."
      note={<a href="/console/advocates/invite">Invite a whole list</a>}
      onClose={onClose}
      sending={model.sending}
      send={invite}
      button={model.notify.value ? 'Invite' : 'Add without a message'}
      busyLabel="Inviting…"
      disabled={model.campaignId.value === ''}
      formError={<InviteError model={model} />}
    >
      <ContactFields model={model} />
      <CampaignChoice
        campaignId={model.campaignId}
        purpose="invite anyone to"
        error={model.sending.errors.value.campaignId}
      />
      <Check
        checked={model.notify.value}
        title="Send the invitation"
        onChange={(checked) => {
          model.notify.value = checked
        }}
      >
        {me.delivery === 'kept'
          ? 'Saved under Messages but not emailed, because no email server is set up.'
          : 'By email, or by text if there is no email.'}
      </Check>
    </FormDialog>
  )
}
