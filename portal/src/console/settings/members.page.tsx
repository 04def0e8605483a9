import type { Member } from '@goodword/contracts'
import { may, mayChangeMember } from '@goodword/domain'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { formatAgo } from '../core/relativeDates.ts'
import { roleLabels } from '../core/roles.ts'
import { assignableRoles, InviteMemberDialog, RemoveMemberDialog } from './member.dialogs.tsx'
import { type AssignableRole, createMembers, type MembersModel } from './members.model.ts'
import { SessionsCard } from './sessions.card.tsx'
import { SettingsFrame } from './settings.frame.tsx'

/** The actions the signed-in member may take; an admin has none on an owner. */
function useActions(model: MembersModel, member: Member, onRemove: () => void): MenuItem[] {
  const { me, session, toasts } = useConsole()
  const { actor } = me
  if (actor.type !== 'member' || !mayChangeMember(actor.role, member.role)) return []
  const self = actor.id === member.id
  const invited = member.status === 'invited'
  const give = async (role: AssignableRole) => {
    if (role === member.role || !(await model.changeRole(member, role))) return
    toasts.show({ text: `${member.name} is ${role === 'staff' ? 'staff' : `an ${role}`} now.` })
    if (self) await session.load()
  }
  const resend = async () => {
    if (await model.resend(member))
      toasts.show({ icon: 'send', text: `A new invitation is on its way to ${member.email}.` })
  }
  return [
    ...assignableRoles(actor.role).map((role) => ({
      label: roleLabels[role].label,
      checked: role === member.role,
      run: () => void give(role),
    })),
    ...(invited ? [{ label: 'Resend invitation', icon: 'send', run: () => void resend() } as const] : []),
    { label: self ? 'Leave' : invited ? 'Cancel invitation' : 'Remove', icon: 'trash', danger: true, run: onRemove },
  ]
}

function MemberRow({ model, member, onRemove }: { model: MembersModel; member: Member; onRemove: () => void }) {
  const { me, now } = useConsole()
  const items = useActions(model, member, onRemove)
  const zone = me.organization.timeZone
  return (
    <li>
      <Avatar name={member.name} />
      <span class="what">
        <b>{member.name}</b>
        {me.actor.id === member.id && <span class="muted"> (you)</span>}
        <small>
          {member.email} ·{' '}
          {member.lastSeenAt
            ? `seen ${formatAgo(member.lastSeenAt, now.value, zone)}`
            : `${member.status === 'invited' ? 'invited' : 'added'} ${formatAgo(member.createdAt, now.value, zone)}`}
        </small>
      </span>
      {member.status === 'invited' && <span class="tag waiting">Invited</span>}
      <span class="tag">{roleLabels[member.role].label}</span>
      {items.length > 0 && (
        <Menu label={`Role and more for ${member.name}`} buttonClass="btn sm quiet square" items={items}>
          <Icon name="ellipsis" />
        </Menu>
      )}
    </li>
  )
}

function Members({ model, onRemove }: { model: MembersModel; onRemove: (member: Member) => void }) {
  const { data, failure } = model.list
  if (!data.value && failure.value) {
    return (
      <ErrorState title="Members did not load" onRetry={model.list.load}>
        {loadFailureText(failure.value)}
      </ErrorState>
    )
  }
  if (!data.value) return <Skeleton rows={3} label="Loading members" />
  return (
    <ul class="rows">
      {data.value.items.map((member) => (
        <MemberRow key={member.id} model={model} member={member} onRemove={() => onRemove(member)} />
      ))}
    </ul>
  )
}

/** The members and their roles, and the member's own sessions. */
export function MembersPage() {
  const { client, me, session, toasts } = useConsole()
  const model = useMemo(() => createMembers({ client }), [client])
  const [open, setOpen] = useState<'invite' | Member | null>(null)
  useEffect(() => void model.list.load(), [model])
  const { actor } = me
  const role = actor.type === 'member' ? actor.role : 'staff'
  const remove = async (member: Member) => {
    if (!(await model.remove(member))) return
    if (member.id === actor.id) session.leave()
    else
      toasts.show({
        text:
          member.status === 'invited'
            ? `The invitation of ${member.name} is canceled.`
            : `${member.name} is no longer a member.`,
      })
  }
  return (
    <SettingsFrame
      section="members"
      lead="Owners and admins manage settings; staff work on referrals, advocates and rewards. There is always at least one owner."
      actions={
        may(role, 'settings:write') && (
          <Button look="primary" icon="user-plus" onClick={() => setOpen('invite')}>
            Invite member
          </Button>
        )
      }
    >
      <section class="card" aria-label="Members">
        {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
        <Members model={model} onRemove={setOpen} />
      </section>
      <SessionsCard />
      {open === 'invite' && (
        <InviteMemberDialog
          actor={role}
          close={() => setOpen(null)}
          onInvited={(member) => {
            setOpen(null)
            toasts.show({ icon: 'send', text: `An invitation is on its way to ${member.email}.` })
            void model.list.load()
          }}
        />
      )}
      {open !== null && open !== 'invite' && (
        <RemoveMemberDialog
          member={open}
          self={open.id === actor.id}
          close={() => setOpen(null)}
          onRemove={() => void remove(open)}
        />
      )}
    </SettingsFrame>
  )
}
