import type { Member } from '@goodword/contracts'
import { mayChangeMember } from '@goodword/domain'
import { useMemo, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { focusFirstError, TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { createInvitation, type GivenRole, roleWords } from './members.model.ts'

/** The roles whoever is signed in may give. */
export function rolesToGive(actor: Member['role']): GivenRole[] {
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
  const form = useRef<HTMLFormElement>(null)
  const { errors, failure, busy } = model.sending
  return (
    <Dialog
      title="Invite a member"
      description="They get a mail with a link that signs them in. There is no password."
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form="invite-member" look="primary" icon="send" busy={busy.value}>
            Send invitation
          </Button>
        </>
      }
    >
      <form
        id="invite-member"
        class="form"
        ref={form}
        noValidate
        onSubmit={async (event) => {
          event.preventDefault()
          const invited = await model.invite()
          if (invited) onInvited(invited)
          else if (form.current) focusFirstError(form.current)
        }}
      >
        {failure.value && Object.keys(errors.value).length === 0 && (
          <Notice tone="bad">{failure.value.sentence}</Notice>
        )}
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
            options={rolesToGive(actor).map((value) => ({ value, label: roleWords[value].label }))}
            onChange={(role) => {
              model.role.value = role
            }}
          />
          <span class="hint" aria-live="polite">
            {roleWords[model.role.value].sentence}
          </span>
        </div>
      </form>
    </Dialog>
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
  return (
    <Dialog
      title={self ? `Leave ${organization.name}` : `Remove ${member.name}`}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            look="danger"
            onClick={() => {
              close()
              onRemove()
            }}
          >
            {self ? 'Leave' : 'Remove member'}
          </Button>
        </>
      }
    >
      <p class="form">
        {self ? 'You are' : 'They are'} signed out of {organization.name} at once. What {self ? 'you' : 'they'} did
        keeps {self ? 'your' : 'their'} name, and an invitation to the same address brings {self ? 'you' : 'them'} back.
      </p>
    </Dialog>
  )
}
