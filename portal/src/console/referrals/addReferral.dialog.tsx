import type { ReferralDetail } from '@goodword/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { Check, TextArea, TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useCampaigns } from '../core/campaigns.ts'
import { useConsole } from '../core/console.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { type AddReferralModel, createAddReferral, type KnownFriend } from './addReferral.model.ts'
import { AdvocatePicker } from './advocatePicker.tsx'
import { ReferralError } from './referralError.tsx'

/** For an unknown advocate: the campaign, and the name that was mentioned, if any. */
function UnknownAdvocateFields({ model }: { model: AddReferralModel }) {
  const open = (useCampaigns().data.value ?? []).filter(({ status }) => status === 'active')
  const errors = model.sending.errors.value
  useEffect(() => {
    model.campaignId.value ??= open[0]?.id ?? null
  }, [model, open[0]?.id])
  return (
    <>
      <TextField
        label="What name did they mention?"
        optional
        value={model.advocateNamed.value}
        error={errors.advocateNamed}
        hint="You can choose the advocate later."
        onInput={(text) => {
          model.advocateNamed.value = text
        }}
      />
      {(open.length !== 1 || errors.campaignId) && (
        <Select
          label="Campaign"
          value={model.campaignId.value ?? ''}
          error={errors.campaignId}
          options={open.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => {
            model.campaignId.value = id
          }}
        />
      )}
    </>
  )
}

function AdvocateFields({ model }: { model: AddReferralModel }) {
  return (
    <>
      {model.unknown.value ? (
        <UnknownAdvocateFields model={model} />
      ) : (
        <AdvocatePicker
          search={model.search}
          label="Who referred them"
          error={model.sending.errors.value.advocateId}
          autofocus
          nothingHint="Invite them under Advocates, or tick the box below."
        />
      )}
      <Check
        title="Advocate unknown"
        checked={model.unknown.value}
        onChange={(unknown) => {
          model.unknown.value = unknown
        }}
      />
    </>
  )
}

function FriendFields({ model }: { model: AddReferralModel }) {
  const errors = model.sending.errors.value
  return (
    <>
      <TextField
        label="Friend’s name"
        optional
        value={model.name.value}
        error={errors['friend.name']}
        onInput={(text) => {
          model.name.value = text
        }}
      />
      <div class="two">
        <TextField
          label="Phone"
          optional
          type="tel"
          value={model.phone.value}
          error={errors['friend.phone']}
          onInput={(text) => {
            model.phone.value = text
          }}
        />
        <TextField
          label="Email"
          optional
          type="email"
          value={model.email.value}
          error={errors['friend.email']}
          onInput={(text) => {
            model.email.value = text
          }}
        />
      </div>
      <p class="hint">Leave blank what you don’t know yet. You can add it later, before it converts.</p>
      <TextArea
        label="What they need"
        optional
        value={model.note.value}
        error={errors.message}
        onInput={(text) => {
          model.note.value = text
        }}
      />
    </>
  )
}

/** Adds a referral that did not come through a link: "They said Anna sent them". `friend`: a contact it is about. */
export function AddReferralDialog({
  friend,
  onClose,
  onAdded,
}: {
  friend?: KnownFriend
  onClose: () => void
  onAdded: (referral: ReferralDetail) => void
}) {
  const { client } = useConsole()
  const model = useMemo(() => createAddReferral({ client, friend }), [client])
  const { sending } = model
  const add = async () => {
    const added = await model.add()
    if (added) onAdded(added)
    return added
  }
  return (
    <FormDialog
      title="Add a referral"
      description="For a friend who came without the link. They won’t be emailed or texted."
      onClose={onClose}
      sending={sending}
      send={add}
      button="Add referral"
      busyLabel="Adding…"
      formError={<ReferralError failure={sending.failure.value} />}
    >
      <AdvocateFields model={model} />
      <FriendFields model={model} />
    </FormDialog>
  )
}
