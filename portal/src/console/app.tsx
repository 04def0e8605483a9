import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { ErrorBoundary, LocationProvider, Route, Router, useLocation } from 'preact-iso'
import { ButtonLink } from '../shared/ui/button.tsx'
import { AfterDelay } from '../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../shared/ui/state.tsx'
import { createToasts } from '../shared/ui/toast.tsx'
import { type Console, ConsoleContext } from './core/console.ts'
import { loadFailureText } from './core/failure.ts'
import { useLeaveGuard } from './core/leaveGuard.ts'
import { Page } from './core/page.tsx'
import { createResource } from './core/resource.ts'
import { screen } from './core/screen.tsx'
import { homePath, type ReturnPath, type Session } from './session/session.model.ts'
import { SignInPage } from './session/signIn.page.tsx'
import { SignInAgain } from './session/signInAgain.tsx'
import { Shell } from './shell/shell.tsx'

const ReferralsPage = screen(() => import('./referrals/referrals.page.tsx').then((it) => it.ReferralsPage))
const ReferralPage = screen(() => import('./referral/referral.page.tsx').then((it) => it.ReferralPage))
const AdvocatesPage = screen(() => import('./advocates/advocates.page.tsx').then((it) => it.AdvocatesPage))
const InviteManyPage = screen(() => import('./advocates/inviteMany.page.tsx').then((it) => it.InviteManyPage))
const LeaderboardPage = screen(() => import('./leaderboard/leaderboard.page.tsx').then((it) => it.LeaderboardPage))
const AdvocatePage = screen(() => import('./advocate/advocate.page.tsx').then((it) => it.AdvocatePage))
const ContactsPage = screen(() => import('./contacts/contacts.page.tsx').then((it) => it.ContactsPage))
const ContactPage = screen(() => import('./contact/contact.page.tsx').then((it) => it.ContactPage))
const CampaignsPage = screen(() => import('./campaigns/campaigns.page.tsx').then((it) => it.CampaignsPage))
const CampaignPage = screen(() => import('./campaigns/campaign.page.tsx').then((it) => it.CampaignPage))
const MessagesPage = screen(() => import('./messages/messages.page.tsx').then((it) => it.MessagesPage))
const MessageTemplatesPage = screen(() =>
  import('./messageTemplates/messageTemplates.page.tsx').then((it) => it.MessageTemplatesPage),
)
const RewardsPage = screen(() => import('./rewards/rewards.page.tsx').then((it) => it.RewardsPage))
const ReportsPage = screen(() => import('./reports/reports.page.tsx').then((it) => it.ReportsPage))
const InstallPage = screen(() => import('./install/install.page.tsx').then((it) => it.InstallPage))
const FormsPage = screen(() => import('./install/forms.page.tsx').then((it) => it.FormsPage))
const EventsPage = screen(() => import('./install/events.page.tsx').then((it) => it.EventsPage))
const JobsPage = screen(() => import('./jobs/jobs.page.tsx').then((it) => it.JobsPage))
const JobsImportPage = screen(() => import('./imports/jobsImport.page.tsx').then((it) => it.JobsImportPage))
const WhenToAskPage = screen(() => import('./jobs/whenToAsk.page.tsx').then((it) => it.WhenToAskPage))
const ConnectPage = screen(() => import('./connections/connect.page.tsx').then((it) => it.ConnectPage))
const MappingPage = screen(() => import('./connections/mapping.page.tsx').then((it) => it.MappingPage))
const SettingsHome = screen(() => import('./settings/settings.frame.tsx').then((it) => it.SettingsHome))
const OrganizationPage = screen(() => import('./settings/organization.page.tsx').then((it) => it.OrganizationPage))
const MembersPage = screen(() => import('./settings/members.page.tsx').then((it) => it.MembersPage))
const AuditPage = screen(() => import('./settings/audit.page.tsx').then((it) => it.AuditPage))
const WebhooksPage = screen(() => import('./webhooks/webhooks.page.tsx').then((it) => it.WebhooksPage))
const WebhookPage = screen(() => import('./webhooks/webhook.page.tsx').then((it) => it.WebhookPage))
const MovePage = screen(() => import('./imports/move.page.tsx').then((it) => it.MovePage))
const FeaturesPage = screen(() => import('./settings/features.page.tsx').then((it) => it.FeaturesPage))
const GiftCardsPage = screen(() => import('./settings/giftCards.page.tsx').then((it) => it.GiftCardsPage))
const KeysPage = screen(() => import('./settings/keys.page.tsx').then((it) => it.KeysPage))

function Home() {
  const { route } = useLocation()
  useEffect(() => route(homePath, true), [])
  return null
}

function NotFoundPage() {
  return (
    <Page title="Not here">
      <EmptyState
        card
        level={2}
        icon="search"
        title="There is no such page"
        actions={<ButtonLink href={homePath}>Go to referrals</ButtonLink>}
      >
        The address may be mistyped, or the page has moved.
      </EmptyState>
    </Page>
  )
}

/** As the router writes it. */
const pathOf = (url: string) => new URL(url, location.origin).pathname.replace(/\/+$/, '') || '/'

/** `onShown` is told the path of each screen once it is there. */
function Screens({ onShown }: { onShown: (path: string) => void }) {
  return (
    <ErrorBoundary>
      <Router onRouteChange={(url) => onShown(pathOf(url))}>
        <Route path="/console" component={Home} />
        <Route path="/console/sign-in" component={Home} />
        <Route path="/console/referrals" component={ReferralsPage} />
        <Route path="/console/referrals/:id" component={ReferralPage} />
        <Route path="/console/advocates" component={AdvocatesPage} />
        <Route path="/console/advocates/invite" component={InviteManyPage} />
        <Route path="/console/advocates/leaderboard" component={LeaderboardPage} />
        <Route path="/console/advocates/:id" component={AdvocatePage} />
        <Route path="/console/contacts" component={ContactsPage} />
        <Route path="/console/contacts/:id" component={ContactPage} />
        <Route path="/console/campaigns" component={CampaignsPage} />
        <Route path="/console/campaigns/:id" component={CampaignPage} />
        <Route path="/console/messages" component={MessagesPage} />
        <Route path="/console/messages/words" component={MessageTemplatesPage} />
        <Route path="/console/rewards" component={RewardsPage} />
        <Route path="/console/reports" component={ReportsPage} />
        <Route path="/console/jobs" component={JobsPage} />
        <Route path="/console/jobs/ask" component={WhenToAskPage} />
        <Route path="/console/jobs/connect" component={ConnectPage} />
        <Route path="/console/jobs/import" component={JobsImportPage} />
        <Route path="/console/jobs/connect/mapping" component={MappingPage} />
        <Route path="/console/install" component={InstallPage} />
        <Route path="/console/install/events" component={EventsPage} />
        <Route path="/console/install/forms" component={FormsPage} />
        <Route path="/console/settings" component={SettingsHome} />
        <Route path="/console/settings/organization" component={OrganizationPage} />
        <Route path="/console/settings/members" component={MembersPage} />
        <Route path="/console/settings/audit" component={AuditPage} />
        <Route path="/console/settings/features" component={FeaturesPage} />
        <Route path="/console/settings/gift-cards" component={GiftCardsPage} />
        <Route path="/console/settings/keys" component={KeysPage} />
        <Route path="/console/settings/move" component={MovePage} />
        <Route path="/console/settings/webhooks" component={WebhooksPage} />
        <Route path="/console/settings/webhooks/:id" component={WebhookPage} />
        <Route default component={NotFoundPage} />
      </Router>
    </ErrorBoundary>
  )
}

/** While the next screen loads, the previous one is still there. What would be typed into it would be lost. */
function Steady() {
  useLeaveGuard()
  const { path } = useLocation()
  const [shown, setShown] = useState(path)
  const isLeaving = shown !== path
  // The router forgets what it waits for when it is drawn again.
  const screens = useMemo(() => <Screens onShown={setShown} />, [])
  return (
    <div class="screen" inert={isLeaving} aria-busy={isLeaving}>
      {screens}
    </div>
  )
}

function SignedIn({ session, me, lost }: { session: Session; me: Console['me']; lost: boolean }) {
  const steady = useMemo<Omit<Console, 'me'>>(
    () => ({
      client: session.client,
      session,
      toasts: createToasts(),
      summary: createResource((abort) => session.client.referrals.summary(undefined, { signal: abort })),
      rewards: createResource((abort) => session.client.rewards.summary(undefined, { signal: abort })),
      jobs: createResource((abort) => session.client.jobEvents.summary(undefined, { signal: abort })),
      now: signal(Date.now()),
      leaving: signal<string | null>(null),
    }),
    [session],
  )
  const value = useMemo<Console>(() => ({ ...steady, me }), [steady, me])
  useEffect(() => {
    void steady.summary.load()
    void steady.rewards.load()
    const timer = setInterval(() => {
      steady.now.value = Date.now()
    }, 30_000)
    return () => clearInterval(timer)
  }, [steady])
  const hasJobs = me.organization.features.includes('jobs')
  useEffect(() => {
    if (hasJobs) void steady.jobs.load()
  }, [steady, hasJobs])
  return (
    <ConsoleContext.Provider value={value}>
      <Shell>
        <Steady />
      </Shell>
      {lost && <SignInAgain session={session} email={me.actor.type === 'member' ? me.actor.email : ''} />}
    </ConsoleContext.Provider>
  )
}

/** The user may have signed in from another tab meanwhile; this tab then returns to where it was. */
function useReturnAfterSignIn(session: Session, out: boolean) {
  useEffect(() => {
    if (!out) return
    const onVisible = () => {
      if (document.visibilityState === 'visible') void session.load()
    }
    document.addEventListener('visibilitychange', onVisible)
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [session, out])
}

function Gate({ session, token, places }: { session: Session; token: string | null; places: ReturnPath }) {
  const { route, path, url } = useLocation()
  const state = session.state.value
  const onSignInPage = path === '/console/sign-in'
  const useLink = token !== null && onSignInPage
  useReturnAfterSignIn(session, (state.kind === 'out' || (state.kind === 'in' && state.lost)) && !useLink)
  useEffect(() => {
    if (!useLink) void session.load()
  }, [session, useLink])
  useEffect(() => {
    if (state.kind === 'out') places.keep(url)
  }, [state.kind, url, places])

  if (useLink || state.kind === 'out') {
    return (
      <SignInPage
        session={session}
        token={useLink ? token : null}
        onSignedIn={() => route(places.take() ?? homePath, true)}
      />
    )
  }
  if (state.kind === 'in') {
    const { me, lost } = state
    // Unmounts the screens when the organization or the user changes, so that none shows another one's data.
    return <SignedIn key={`${me.organization.id} ${me.actor.id}`} session={session} me={me} lost={lost} />
  }
  if (state.kind === 'asking') {
    return (
      <AfterDelay>
        <p class="sr-only" role="status">
          Opening the console
        </p>
      </AfterDelay>
    )
  }
  return (
    <main class="main">
      <h1 class="sr-only">Goodword</h1>
      <ErrorState level={2} title="The console did not load" onRetry={session.load}>
        {loadFailureText(state.failure)}
      </ErrorState>
    </main>
  )
}

export function App(props: { session: Session; token: string | null; places: ReturnPath }) {
  return (
    <LocationProvider scope="/console">
      <Gate {...props} />
    </LocationProvider>
  )
}
