import type { Member } from '@goodword/contracts'
import { mayChangeMember } from '@goodword/domain'
import { useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { useConsole } from '../core/console.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { roleLabels } from '../core/roles.ts'
import { type AssignableRole, createInvitation } from './members.model.ts'

/** The roles the signed-in member may assign. */
export function assignableRoles(actor: Member['role']): AssignableRole[] {
  return (['staff', 'admin', 'owner'] as const).filter((role) => mayChangeMember(actor, role))
}

export function InviteMemberDialog({
  actor,
  close,
  onInvited,
}: {
  actor: Member['role']
  close: () => void
  onInvited: (member: Member) => void
}) {
  const { client } = useConsole()
  const model = useMemo(() => createInvitation({ client }), [client])
  const { errors } = model.sending
  const invite = async () => {
    const invited = await model.invite()
    if (invited) onInvited(invited)
    return invited
  }
  return (
    <FormDialog
      title="Invite a member"
      description="We'll email them a link. They join when they accept."
      onClose={close}
      sending={model.sending}
      send={invite}
      button="Send invitation"
      icon="send"
    >
      <TextField
        label="Name"
        autofocus
        value={model.name.value}
        error={errors.value.name}
        onInput={(text) => {
          model.name.value = text
        }}
      />
      <TextField
        label="Email"
        type="email"
        value={model.email.value}
        error={errors.value.email}
        onInput={(text) => {
          model.email.value = text
        }}
      />
      <div class="field">
        <span class="label">Role</span>
        <Segmented
          label="Role"
          value={model.role.value}
          options={assignableRoles(actor).map((value) => ({ value, label: roleLabels[value].label }))}
          onChange={(role) => {
            model.role.value = role
          }}
        />
        <span class="hint" aria-live="polite">
          {roleLabels[model.role.value].sentence}
        </span>
      </div>
    </FormDialog>
  )
}

export function RemoveMemberDialog({
  member,
  self,
  close,
  onRemove,
}: {
  member: Member
  self: boolean
  close: () => void
  onRemove: () => void
}) {
  const { organization } = useConsole().me
  const invited = member.status === 'invited'
  return (
    <Dialog
      title={
        self
          ? `Leave ${organization.name}`
          : invited
            ? `Cancel the invitation of ${member.name}`
            : `Remove ${member.name}`
      }
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{invited ? 'Keep invitation' : 'Cancel'}</Button>
          <Button
            look="danger"
            onClick={() => {
              close()
              onRemove()
            }}
          >
            {self ? 'Leave' : invited ? 'Cancel invitation' : 'Remove member'}
          </Button>
        </>
      }
    >
      <p class="form">
        {invited ? (
          `The link in their email stops working. You can invite ${member.email} again.`
        ) : (
          <>
            {self ? 'You are' : 'They are'} signed out of {organization.name} at once. What {self ? 'you' : 'they'} did
            keeps {self ? 'your' : 'their'} name, and an invitation to the same address brings {self ? 'you' : 'them'}{' '}
            back.
          </>
        )}
      </p>
    </Dialog>
  )
}
