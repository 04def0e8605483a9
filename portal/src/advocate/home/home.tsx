import type { PortalHome, PortalProgram } from '@goodword/contracts'
import { useEffect, useRef } from 'preact/hooks'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { GoodwordMark } from '../../shared/ui/gwmark.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import type { PortalModel } from '../portal.model.ts'
import type { ShareModel } from '../share/share.model.ts'
import { ShareCard } from '../share/share-card.tsx'
import { Balance } from './balance.tsx'
import { Friends } from './friends.tsx'
import { History } from './history.tsx'
import { NextReward } from './next-reward.tsx'
import { greeting, moment } from './wording.ts'

type HomePageProps = { portal: PortalModel; share: ShareModel }

export function HomePage({ portal, share }: HomePageProps) {
  const home = portal.home.home.value
  if (!home) return null
  return (
    <div class="page" data-brand style={{ '--gw-brand': home.organization.brandColor }}>
      <header class="top">
        <span class="mark" aria-hidden="true">
          {home.organization.name.slice(0, 1).toUpperCase()}
        </span>
        <b>{home.organization.name}</b>
        <Avatar name={home.firstName} initials={home.initials} size="lg" />
      </header>
      <main class="wrap">
        <div class="grid">
          <Hello portal={portal} home={home} />
          <Balance home={home} />
          <Programs portal={portal} home={home} share={share} />
          <History home={home} />
        </div>
        <Foot portal={portal} home={home} />
      </main>
    </div>
  )
}

type PartProps = { portal: PortalModel; home: PortalHome }

function Hello({ portal, home }: PartProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { title, line } = greeting(home)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <div class="hello">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>{line}</p>
      <Staleness portal={portal} home={home} />
    </div>
  )
}

/** Says that what is shown is not of now, and of when it is. */
function Staleness({ portal, home }: PartProps) {
  const trouble = portal.home.trouble.value
  if (!trouble) return null
  return (
    <div class="notice warn stale" role="status">
      <Icon name="offline" />
      <span>
        <b>{trouble}</b> This is your credit as of {moment(home.asOf, home.organization.timeZone)}.
      </span>
      <button class="btn" type="button" aria-busy={portal.home.loading.value} onClick={portal.retry}>
        <Icon name="retry" />
        {portal.home.loading.value ? 'Trying…' : 'Try again'}
      </button>
    </div>
  )
}

function Programs({ portal, home, share }: HomePageProps & { home: PortalHome }) {
  const program = portal.home.program.value
  if (!program) return null
  const several = home.programs.length > 1
  return (
    <>
      <div class="o2 stack">
        {several && <CampaignChoice programs={home.programs} chosen={program} onChoose={portal.home.choose} />}
        <ShareCard key={program.code} program={program} business={home.organization.name} model={share} />
      </div>
      {program.nextReward && <NextReward reward={program.nextReward} currency={home.currency} />}
      <Friends home={home} program={program} named={several} model={share} />
    </>
  )
}

type CampaignChoiceProps = { programs: PortalProgram[]; chosen: PortalProgram; onChoose: (code: string) => void }

function CampaignChoice({ programs, chosen, onChoose }: CampaignChoiceProps) {
  return (
    <div class="field lg">
      <label for="campaign">Campaign</label>
      <span class="select block">
        <select
          class="input"
          id="campaign"
          value={chosen.code}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {programs.map((program) => (
            <option key={program.code} value={program.code}>
              {program.open ? program.campaignName : `${program.campaignName} (closed)`}
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
          Questions? Call <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>
        </span>
      )}
      <button type="button" onClick={portal.signOut}>
        Sign out
      </button>
      <GoodwordMark />
      {portal.signOutTrouble.value && (
        <p class="notice bad" role="alert">
          <Icon name="alert" />
          {portal.signOutTrouble.value}
        </p>
      )}
    </footer>
  )
}
