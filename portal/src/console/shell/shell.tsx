import type { RewardSummary } from '@goodword/contracts'
import { firstName } from '@goodword/domain'
import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { GoodwordMark } from '../../shared/ui/gwmark.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { ToastPlace } from '../../shared/ui/toast.tsx'
import { useConsole } from '../core/console.ts'
import { rewardsToDecide } from '../core/rewardsToDecide.ts'
import { TestBanner } from '../install/testBanner.tsx'
import { MorePages } from './morePages.tsx'
import { NavLink, type NavPage } from './navLink.tsx'
import { OrganizationMenu } from './organizationMenu.tsx'
import './shell.css'

const jobsPath = '/console/jobs'

/** The pages with room on a phone; the others are behind “More”. */
const isOnPhone = ({ href }: NavPage, hasJobs: boolean) =>
  ['/console/referrals', '/console/rewards', '/console/advocates', hasJobs ? jobsPath : '/console/contacts'].includes(
    href,
  )

/** The badge count: what the home says of rewards; empty when zero. */
const pendingCount = (counts: RewardSummary | null) =>
  rewardsToDecide(counts).reduce((sum, { count }) => sum + count, 0) || undefined

function Navigation() {
  const { summary, rewards, jobs, me } = useConsole()
  const known = summary.data.value
  const hasJobs = me.organization.features.includes('jobs')
  const places: NavPage[] = [
    { href: '/console/referrals', label: 'Referrals', icon: 'inbox', count: known?.counts.pending, countOf: 'pending' },
    {
      href: '/console/rewards',
      label: 'Rewards',
      icon: 'gift',
      count: pendingCount(rewards.data.value),
      countOf: 'to decide',
    },
    { href: '/console/advocates', label: 'Advocates', icon: 'users' },
    { href: '/console/contacts', label: 'Contacts', icon: 'user' },
    { href: '/console/campaigns', label: 'Campaigns', icon: 'megaphone' },
    ...(hasJobs
      ? [
          {
            href: jobsPath,
            label: 'Jobs',
            icon: 'wrench' as const,
            count: jobs.data.value?.tabs.needs_you || undefined,
            countOf: 'to decide',
          },
        ]
      : []),
    { href: '/console/messages', label: 'Messages', icon: 'message' },
    { href: '/console/reports', label: 'Reports', icon: 'activity' },
  ]
  const setUp: NavPage[] = [
    { href: '/console/install', label: 'Install', icon: 'code' },
    { href: '/console/settings', label: 'Settings', icon: 'settings' },
  ]
  return (
    <div class="navs">
      <nav aria-label="Main">
        {places.map((place) => (
          <NavLink key={place.href} rest={!isOnPhone(place, hasJobs)} {...place} />
        ))}
      </nav>
      <p class="nav-head">Set up</p>
      <nav aria-label="Set up">
        {setUp.map((place) => (
          <NavLink key={place.href} rest {...place} />
        ))}
      </nav>
      <MorePages places={[...places.filter((place) => !isOnPhone(place, hasJobs)), ...setUp]} />
    </div>
  )
}

const roleLabels = { owner: 'Owner', admin: 'Admin', staff: 'Staff', agent: 'Agent' } as const

function MemberMenu() {
  const { me, session, toasts } = useConsole()
  const { actor } = me
  const { route } = useLocation()
  const trying = (work: Promise<void>, sentence: string) =>
    work.catch(() => toasts.show({ icon: 'alert', text: sentence }))
  const items: MenuItem[] = [
    { label: 'Where you are signed in', icon: 'globe', run: () => route('/console/settings/members') },
    {
      label: 'Sign out',
      icon: 'sign-out',
      run: () => void trying(session.signOut(), 'You are still signed in. Your server did not answer.'),
    },
  ]
  const role = actor.type === 'member' ? roleLabels[actor.role] : 'Key'
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

/** Side bar, icon rail below 1240 px, and on a phone a top bar with tabs at the bottom. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { toasts, me } = useConsole()
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <aside class="side" aria-label={`${firstName(me.actor.name)}'s console`}>
        <OrganizationMenu />
        <Navigation />
        <div class="foot">
          <MemberMenu />
          <GoodwordMark words="" />
        </div>
      </aside>
      <main class="main" id="main" tabIndex={-1}>
        <TestBanner />
        {children}
      </main>
      <ToastPlace toasts={toasts} />
    </div>
  )
}
