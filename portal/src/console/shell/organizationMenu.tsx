import type { Invitation, Organization } from '@goodword/contracts'
import { initials } from '@goodword/domain'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { useConsole } from '../core/console.ts'
import { homePath } from '../session/session.model.ts'
import { JoinDialog } from './join.dialog.tsx'
import { NewOrganizationDialog } from './newOrganization.dialog.tsx'

/** The logo, or initials on the organization's color. The name is always next to it. */
function OrganizationMark({ organization }: { organization: Organization }) {
  if (organization.logo) return <img class="mark logo" src={organization.logo} alt="" width="30" height="30" />
  return (
    <span class="mark" style={{ '--biz': organization.brandColor }} aria-hidden="true">
      {initials(organization.name)}
    </span>
  )
}

/** The current organization, the member's other ones, and a new one. */
export function OrganizationMenu() {
  const { me, session, toasts, leaving } = useConsole()
  const { route } = useLocation()
  const [creating, setCreating] = useState(false)
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const { organization, organizations, invitations } = me

  const mayLeave = () => {
    const question = leaving.value
    if (question !== null && !confirm(question)) return false
    leaving.value = null
    return true
  }
  const switchTo = async (id: string, name: string) => {
    if (id === organization.id || !mayLeave()) return
    try {
      await session.switchTo(id)
      route(homePath)
    } catch {
      toasts.show({ icon: 'alert', text: `Could not switch to ${name}. Try again.` })
    }
  }
  const items: MenuItem[] = [
    ...organizations.map(({ id, name }) => ({
      label: name,
      checked: id === organization.id,
      run: () => void switchTo(id, name),
    })),
    ...invitations.map((one) => ({
      label: `Join ${one.organization.name}`,
      icon: 'user-plus' as const,
      run: () => mayLeave() && setInvitation(one),
    })),
    { label: 'New organization', icon: 'plus', run: () => mayLeave() && setCreating(true) },
  ]
  return (
    <>
      <Menu label="Organizations" named items={items} buttonClass="biz org">
        <OrganizationMark organization={organization} />
        <span>
          {organization.name}
          <small>
            {organization.tagline}
            {organization.isDemo && <span class="tag">Demo</span>}
          </small>
          <span class="sr-only">, switch organization</span>
        </span>
        <Icon name="chevrons-up-down" />
      </Menu>
      {invitation && <JoinDialog invitation={invitation} close={() => setInvitation(null)} />}
      {creating && <NewOrganizationDialog close={() => setCreating(false)} />}
    </>
  )
}
