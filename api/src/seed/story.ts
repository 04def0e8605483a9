import { addDays, dayIn, dayMs, startOfDay } from '@goodword/domain'
import { releaseDueRewards } from '../modules/money/rewards/rewards.jobs.ts'
import { findEnrollment } from '../modules/program/advocates/advocates.ts'
import { findConversion } from '../modules/program/conversions/conversions.ts'
import { expireDueReferrals } from '../modules/program/referrals/referrals.jobs.ts'
import { attributed, getReferral, referralOfForm } from '../modules/program/referrals/referrals.ts'
import { inviteAdvocate } from '../modules/surfaces/console/advocates.ts'
import {
  acceptReferral,
  convertReferral,
  createReferral,
  declineReferral,
  reverseConversion,
} from '../modules/surfaces/console/referrals.ts'
import { newFormToken, readFormToken } from '../modules/surfaces/embed/formToken.ts'
import { submitReferral } from '../modules/surfaces/embed/submit.ts'
import { countVisit } from '../modules/surfaces/embed/visits.ts'
import { bringAlong } from './before.ts'
import { anna, annaAsks, annaUsed } from './cast.ts'
import { askForCredit, lookFirst } from './decisions.ts'
import { deskHoursAgo, workAtTheDesk } from './desk.ts'
import { listen } from './listening.ts'
import { announce, type Campaigns, raiseTheMost } from './offers.ts'
import type { Plan, PlannedReferral } from './plan.ts'
import { useCredit, useReward } from './redemption.ts'
import { season } from './season.ts'
import { type Company, found, type Stage, timeZone } from './stage.ts'

/** An advocate on stage. */
export type Player = { enrollmentId: string; contactId: string; code: string }
type Moment = { at: number; happens: () => Promise<unknown> }
type Play = {
  stage: Stage
  company: Company
  campaigns: Campaigns
  advocates: Map<string, Player>
  moments: Moment[]
}

export type Told = { company: Company; anna: Player }

const formOpenMs = 95_000
const hourMs = 3_600_000
const raisedDaysAgo = 240
const lookedFirstDaysAgo = 25
const broughtDaysAgo = 355
/** So that the log has a few days in it. */
const listensDaysAgo = 6
const joanna = 'Joanna Reyes'

/** Plays a year through the same verbs that the API calls, each at its moment, with what time drives in between. */
export async function tell(stage: Stage, plan: Plan, now: number): Promise<Told> {
  stage.at(plan.foundedAt)
  const company = await found(stage)
  const campaigns = await announce(company.owner)
  const play: Play = { stage, company, campaigns, advocates: new Map(), moments: [] }
  schedule(play, plan, now)
  let tomorrow = nextMidnight(plan.foundedAt)
  while (play.moments.length > 0) {
    const next = takeNext(play)
    for (; tomorrow <= next.at; tomorrow = nextMidnight(tomorrow)) await passTime(stage, tomorrow)
    stage.at(next.at)
    await next.happens()
  }
  for (; tomorrow <= now; tomorrow = nextMidnight(tomorrow)) await passTime(stage, tomorrow)
  await passTime(stage, now)
  return { company, anna: playerNamed(play, anna) }
}

const nextMidnight = (after: number) => startOfDay(addDays(dayIn(timeZone, after), 1), timeZone)

async function passTime(stage: Stage, at: number): Promise<void> {
  stage.at(at)
  await releaseDueRewards(stage.services)
  await expireDueReferrals(stage.services)
}

function takeNext({ moments }: Play): Moment {
  const [first, ...rest] = moments
  if (!first) throw new Error('The story is over.')
  const next = rest.reduce((earliest, moment) => (moment.at < earliest.at ? moment : earliest), first)
  moments.splice(moments.indexOf(next), 1)
  return next
}

function schedule(play: Play, plan: Plan, now: number): void {
  const add = (at: number, happens: Moment['happens']) => play.moments.push({ at, happens })
  for (const { program, person, at } of plan.invitations) {
    add(at, async () => {
      const campaignId = play.campaigns[program].id
      const { id, contactId, code } = await inviteAdvocate(play.company.owner, { campaignId, notify: true, ...person })
      play.advocates.set(person.name, { enrollmentId: id, contactId, code })
    })
  }
  for (const referral of plan.referrals) add(referral.sentAt, () => send(play, referral))
  add(now - deskHoursAgo * hourMs, () =>
    workAtTheDesk(play.company.staff, play.campaigns, playerNamed(play, joanna).enrollmentId),
  )
  add(now - broughtDaysAgo * dayMs, () => bringAlong(play.company.owner, play.campaigns))
  add(now - listensDaysAgo * dayMs, () => listen(play.company.owner))
  const personNamed = (name: string) => {
    const known = plan.invitations.find(({ person }) => person.name === name)
    if (!known) throw new Error(`${name} is not asked.`)
    return known.person
  }
  play.moments.push(...season({ stage: play.stage, company: play.company, now, personNamed }))
  add(now - raisedDaysAgo * dayMs, () => raiseTheMost(play.company.owner, play.campaigns))
  add(now - annaUsed.daysAgo * dayMs, () => {
    const { owner, organization } = play.company
    return useCredit(owner, playerNamed(play, anna).contactId, annaUsed.amount, organization.currency)
  })
  add(now - lookedFirstDaysAgo * dayMs, () => lookFirst(play.company.owner, play.campaigns))
  add(now - annaAsks.daysAgo * dayMs, () => {
    const { owner, organization } = play.company
    return askForCredit(owner, playerNamed(play, anna).contactId, annaAsks.amount, organization.currency)
  })
}

function playerNamed(play: Play, name: string): Player {
  const player = play.advocates.get(name)
  if (!player) throw new Error(`${name} refers a friend before being an advocate.`)
  return player
}

/** A referral arrives, and what becomes of it is put on the program. */
async function send(play: Play, planned: PlannedReferral): Promise<void> {
  const id = planned.by === 'friend' ? await fillForm(play, planned) : await enter(play, planned)
  const { owner, staff } = play.company
  const { acceptedAt, declined, converted } = planned
  if (acceptedAt !== null) play.moments.push({ at: acceptedAt, happens: () => acceptReferral(staff, id) })
  if (declined) play.moments.push({ at: declined.at, happens: () => declineReferral(owner, id, declined.reason) })
  if (converted) play.moments.push({ at: converted.at, happens: () => finish(play, planned, id) })
}

/** Most who follow a link look, and leave. */
const visitsForOneForm = 3

async function fillForm(play: Play, { advocate, friend, message, program, network }: PlannedReferral): Promise<string> {
  const { stage, company } = play
  const { enrollmentId, code } = playerNamed(play, advocate)
  const { services } = stage
  const organizationId = company.organization.id
  const source = program === 'neighbors' ? 'widget' : 'hosted'
  const sentAt = services.clock()
  stage.at(sentAt - formOpenMs)
  for (let visit = 0; visit < visitsForOneForm; visit += 1) {
    countVisit(services, { id: enrollmentId, organizationId }, source)
  }
  const formToken = newFormToken(services, organizationId)
  stage.at(sentAt)
  const input = { code, ...friend, ...(message ? { message } : {}), formToken }
  await submitReferral(company.friend, input, { source, address: network })
  const token = readFormToken(services, organizationId, formToken)
  const referral = token.ok ? await referralOfForm(company.friend, token.nonce) : undefined
  if (!referral) throw new Error(`The form of ${friend.name} became no referral.`)
  return referral.id
}

/** A friend who called and said who sent them. */
async function enter(play: Play, { advocate, friend, message }: PlannedReferral): Promise<string> {
  const { enrollmentId } = playerNamed(play, advocate)
  const input = { advocateId: enrollmentId, friend, ...(message ? { message } : {}), metadata: {} }
  return (await createReferral(play.company.staff, input)).id
}

async function finish(play: Play, planned: PlannedReferral, id: string): Promise<void> {
  const { owner } = play.company
  if (!planned.converted) return
  const { jobValue, paidOn, invoice, friendUsesAt, advocateUsesAt, reversedAt } = planned.converted
  await convertReferral(owner, id, { jobValue, paidOn, invoice, notify: true })
  const conversion = await findConversion(owner, id)
  const { campaignId, friendContactId } = attributed(await getReferral(owner, id))
  const enrollment = await findEnrollment(owner, campaignId, friendContactId)
  if (!conversion || !enrollment) throw new Error(`The job of ${planned.friend.name} left no conversion.`)
  const { id: enrollmentId, contactId, code } = enrollment
  play.advocates.set(planned.friend.name, { enrollmentId, contactId, code })
  const uses = (at: number | null, side: 'friend' | 'advocate') => {
    if (at !== null) play.moments.push({ at, happens: () => useReward(owner, conversion.id, side) })
  }
  uses(friendUsesAt, 'friend')
  uses(advocateUsesAt, 'advocate')
  if (reversedAt !== null) {
    const reason = 'The customer canceled the job'
    play.moments.push({ at: reversedAt, happens: () => reverseConversion(owner, id, reason) })
  }
}
