import type { PortalHome, PortalProgram } from '@goodword/contracts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { GoodwordMark } from '../../shared/ui/gwmark.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import type * as AccountModule from '../account/accountPage.tsx'
import { Requests, UseCreditDialog } from '../credit/useCredit.tsx'
import type { PortalModel } from '../portal.model.ts'
import type { ShareModel } from '../share/share.model.ts'
import { ShareCard } from '../share/shareCard.tsx'
import { say } from '../words.ts'
import { Balance, Owed } from './balance.tsx'
import { Friends } from './friends.tsx'
import { Gifts } from './gifts.tsx'
import { History } from './history.tsx'
import { greeting, moment } from './homeText.ts'
import { HowItWorks } from './howItWorks.tsx'
import { Leaderboard } from './leaderboard.tsx'
import { NextReward } from './nextReward.tsx'
import { Top } from './top.tsx'

type HomePageProps = { portal: PortalModel; share: ShareModel }

export function HomePage({ portal, share }: HomePageProps) {
  const home = portal.home.home.value
  if (!home) return null
  return (
    <div class="page" data-brand style={{ '--gw-brand': home.organization.brandColor }}>
      <Top portal={portal} home={home} />
      <main class="wrap">
        {portal.url.page.value === 'account' ? (
          <Account portal={portal} home={home} />
        ) : (
          <div class="grid">
            <Greeting portal={portal} home={home} />
            <div class="o1 stack">
              <Balance home={home} use={portal.use} />
              <Owed home={home} />
              <Requests model={portal.use} home={home} />
              <Gifts home={home} />
            </div>
            <Programs portal={portal} home={home} share={share} />
            <Leaderboard home={home} model={portal.leaderboard} fresh={portal.fresh} />
            <History home={home} model={portal.history} />
          </div>
        )}
        <UseCreditDialog model={portal.use} home={home} fresh={portal.fresh} />
        <Foot portal={portal} home={home} />
      </main>
    </div>
  )
}

type PartProps = { portal: PortalModel; home: PortalHome }

/** Loaded on demand: most visits are for the credit and the link. */
function Account({ portal, home }: PartProps) {
  const [page, setPage] = useState<typeof AccountModule | 'failed' | null>(null)
  useEffect(() => {
    import('../account/accountPage.tsx').then(setPage, () => setPage('failed'))
  }, [])
  if (page === 'failed') {
    return (
      <ErrorState
        level={2}
        title={say('portal.error.account')}
        retry={say('portal.tryAgain')}
        onRetry={() => location.reload()}
      >
        {say('portal.error.safe')}
      </ErrorState>
    )
  }
  return (
    page && (
      <page.AccountPage
        model={portal.account}
        home={home}
        fresh={portal.fresh}
        onBack={portal.goHome}
        onErased={portal.erased}
      />
    )
  )
}

function Greeting({ portal, home }: PartProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { title, line } = greeting(home)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <div class="greeting">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>{line}</p>
      <StaleNotice portal={portal} home={home} />
      <Notice portal={portal} />
    </div>
  )
}

/** Says that the data is out of date, and from when it is. */
function StaleNotice({ portal, home }: PartProps) {
  const errorText = portal.home.errorText.value
  if (!errorText) return null
  return (
    <div class="notice warn stale" role="status">
      <Icon name="offline" />
      <span>
        <b>{errorText}</b> {say('portal.error.asOf', { moment: moment(home.asOf, home.organization.timeZone) })}
      </span>
      <button class="btn" type="button" aria-busy={portal.home.loading.value} onClick={portal.retry}>
        <Icon name="retry" />
        {say(portal.home.loading.value ? 'portal.trying' : 'portal.tryAgain')}
      </button>
    </div>
  )
}

/** The result of opening a link or switching to another business. */
function Notice({ portal }: { portal: PortalModel }) {
  const notice = portal.notice.value
  return (
    notice && (
      <p class={`notice stale ${notice.good ? 'good' : 'bad'}`} role={notice.good ? 'status' : 'alert'}>
        <Icon name={notice.good ? 'check' : 'alert'} />
        <span>{notice.text}</span>
      </p>
    )
  )
}

function Programs({ portal, home, share }: HomePageProps & { home: PortalHome }) {
  const program = portal.home.program.value
  if (!program) return null
  const several = home.programs.length > 1
  return (
    <>
      <div class="o2 stack">
        {several && <CampaignChoice programs={home.programs} chosen={program} onChoose={portal.url.choose} />}
        <ShareCard key={program.code} program={program} home={home} model={share} />
      </div>
      {program.nextReward && <NextReward reward={program.nextReward} currency={home.currency} />}
      <div class="o4 stack">
        <Friends home={home} program={program} named={several} model={share} list={portal.friends} />
        <HowItWorks program={program} />
      </div>
    </>
  )
}

type CampaignChoiceProps = { programs: PortalProgram[]; chosen: PortalProgram; onChoose: (code: string) => void }

function CampaignChoice({ programs, chosen, onChoose }: CampaignChoiceProps) {
  return (
    <div class="field lg">
      <label for="campaign">{say('portal.campaign.label')}</label>
      <span class="select block">
        <select
          class="input"
          id="campaign"
          value={chosen.code}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {programs.map((program) => (
            <option key={program.code} value={program.code}>
              {program.open ? program.campaignName : say('portal.campaign.closed', { campaign: program.campaignName })}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" />
      </span>
    </div>
  )
}

function Foot({ portal, home }: PartProps) {
  const { phone } = home.organization
  return (
    <footer class="foot">
      {phone && (
        <span class="ask">
          {say('portal.foot.questions')}{' '}
          <a href={`tel:${phone.replace(/[^+\d]/g, '')}`} dir="ltr">
            {phone}
          </a>
        </span>
      )}
      <span class="links">
        <button type="button" onClick={() => portal.url.go('account')}>
          {say('portal.account.title')}
        </button>
        <button type="button" onClick={portal.signOut}>
          {say('portal.foot.signOut')}
        </button>
      </span>
      <GoodwordMark words={say('hosted.runWith')} />
      {portal.signOutError.value && (
        <p class="notice bad" role="alert">
          <Icon name="alert" />
          {portal.signOutError.value}
        </p>
      )}
    </footer>
  )
}
