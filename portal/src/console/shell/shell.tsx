import { firstName, initials } from '@goodword/domain'
import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { GoodwordMark } from '../../shared/ui/gwmark.tsx'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { ToastPlace } from '../../shared/ui/toast.tsx'
import { useConsole } from '../core/console.ts'
import './shell.css'

type Place = { href: string; label: string; icon: IconName; count?: number | undefined; countOf?: string }

function NavLink({ href, label, icon, count, countOf }: Place) {
  const { path } = useLocation()
  const here = path === href || path.startsWith(`${href}/`)
  return (
    <a href={href} title={label} aria-current={here ? 'page' : undefined}>
      <Icon name={icon} />
      {label}
      {count !== undefined && (
        <span class="n">
          {count.toLocaleString('en-US')}
          <span class="sr-only"> {countOf}</span>
        </span>
      )}
    </a>
  )
}

function Navigation() {
  const { summary } = useConsole()
  const known = summary.data.value
  const places: Place[] = [
    { href: '/console/referrals', label: 'Referrals', icon: 'inbox', count: known?.counts.pending, countOf: 'pending' },
    { href: '/console/advocates', label: 'Advocates', icon: 'users', count: known?.advocates, countOf: 'in all' },
    { href: '/console/campaigns', label: 'Campaigns', icon: 'megaphone' },
    { href: '/console/messages', label: 'Messages', icon: 'message' },
    { href: '/console/reports', label: 'Reports', icon: 'activity' },
  ]
  return (
    <div class="navs">
      <nav aria-label="Main">
        {places.map((place) => (
          <NavLink key={place.href} {...place} />
        ))}
      </nav>
      <p class="nav-head">Set up</p>
      <nav aria-label="Set up">
        <NavLink href="/console/install" label="Install" icon="code" />
        <NavLink href="/console/settings" label="Settings" icon="settings" />
      </nav>
    </div>
  )
}

function BusinessName() {
  const { organization } = useConsole().me
  return (
    <div class="biz still">
      <span class="mark" style={{ '--biz': organization.brandColor }} aria-hidden="true">
        {initials(organization.name)}
      </span>
      <span>
        {organization.name}
        <small>
          {organization.tagline}
          {organization.isDemo && <span class="tag">Demo</span>}
        </small>
      </span>
    </div>
  )
}

const roleWords = { owner: 'Owner', admin: 'Admin', staff: 'Staff', agent: 'Agent' } as const

function MemberMenu() {
  const { me, session, toasts } = useConsole()
  const { actor, organization, organizations } = me
  const trying = (work: Promise<void>, sentence: string) =>
    work.catch(() => toasts.show({ icon: 'alert', text: sentence }))
  const others: MenuItem[] =
    organizations.length < 2
      ? []
      : organizations.map(({ id, name }) => ({
          label: name,
          checked: id === organization.id,
          run: () => {
            if (id !== organization.id) void trying(session.switchTo(id), `Could not switch to ${name}. Try again.`)
          },
        }))
  const items: MenuItem[] = [
    ...others,
    {
      label: 'Sign out',
      icon: 'sign-out',
      run: () => void trying(session.signOut(), 'You are still signed in. Your server did not answer.'),
    },
  ]
  const role = actor.type === 'member' ? roleWords[actor.role] : 'Key'
  return (
    <Menu label={`${actor.name} ${role}`} items={items} named buttonClass="biz">
      <Avatar name={actor.name} />
      <span>
        {actor.name} <small>{role}</small>
      </span>
      <Icon name="chevrons-up-down" />
    </Menu>
  )
}

/** Side bar, rail below 1240 px, and on a phone a bar above and the places below. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { toasts, me } = useConsole()
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <aside class="side" aria-label={`${firstName(me.actor.name)}'s console`}>
        <BusinessName />
        <Navigation />
        <div class="foot">
          <MemberMenu />
          <GoodwordMark words="" />
        </div>
      </aside>
      <main class="main" id="main" tabIndex={-1}>
        {children}
      </main>
      <ToastPlace toasts={toasts} />
    </div>
  )
}
