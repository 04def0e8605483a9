import { addDays, dayIn, dayMs, startOfDay } from '@goodword/domain'
import { releaseDueRewards } from '../modules/money/rewards/rewards.jobs.ts'
import { findEnrollment } from '../modules/program/advocates/advocates.ts'
import { findConversion } from '../modules/program/conversions/conversions.ts'
import { expireDueReferrals } from '../modules/program/referrals/expiry.ts'
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
import { type Campaigns, createCampaigns, raiseMaximum } from './campaigns.ts'
import { requestAvailableCredit, requireApproval } from './decisions.ts'
import { importHistory } from './importHistory.ts'
import { type Company, createBusiness, type DemoServices, timeZone } from './organization.ts'
import { anna, annaRequests, annaUsed } from './people.data.ts'
import type { Plan, PlannedReferral } from './plan.ts'
import { useCredit, useReward } from './redemption.ts'
import { addSeasonalCampaign } from './seasonalCampaign.ts'
import { addStaffActivity, deskHoursAgo } from './staffActivity.ts'
import { addWebhook } from './webhook.ts'

/** An advocate in the demo. */
export type DemoAdvocate = { enrollmentId: string; contactId: string; code: string }
type Moment = { at: number; happens: () => Promise<unknown> }
type Timeline = {
  demo: DemoServices
  company: Company
  campaigns: Campaigns
  advocates: Map<string, DemoAdvocate>
  moments: Moment[]
}

export type TimelineResult = { company: Company; anna: DemoAdvocate }

const formOpenMs = 95_000
const hourMs = 3_600_000
const raisedDaysAgo = 240
const approvalDaysAgo = 75
const importDaysAgo = 355
/** Early enough for the delivery log to cover a few days. */
const webhookDaysAgo = 6
const joanna = 'Joanna Reyes'

/**
 * Creates a year of data with the same functions the API calls, each at its time, and runs the background jobs in
 * between.
 */
export async function playTimeline(demo: DemoServices, plan: Plan, now: number): Promise<TimelineResult> {
  demo.at(plan.foundedAt)
  const company = await createBusiness(demo)
  const campaigns = await createCampaigns(company.owner)
  const play: Timeline = { demo, company, campaigns, advocates: new Map(), moments: [] }
  schedule(play, plan, now)
  let tomorrow = nextMidnight(plan.foundedAt)
  while (play.moments.length > 0) {
    const next = takeNext(play)
    for (; tomorrow <= next.at; tomorrow = nextMidnight(tomorrow)) await passTime(demo, tomorrow)
    demo.at(next.at)
    await next.happens()
  }
  for (; tomorrow <= now; tomorrow = nextMidnight(tomorrow)) await passTime(demo, tomorrow)
  await passTime(demo, now)
  return { company, anna: advocateNamed(play, anna) }
}

const nextMidnight = (after: number) => startOfDay(addDays(dayIn(timeZone, after), 1), timeZone)

async function passTime(demo: DemoServices, at: number): Promise<void> {
  demo.at(at)
  await releaseDueRewards(demo.services)
  await expireDueReferrals(demo.services)
}

function takeNext({ moments }: Timeline): Moment {
  const [first, ...rest] = moments
  if (!first) throw new Error('The timeline has no moments left.')
  const next = rest.reduce((earliest, moment) => (moment.at < earliest.at ? moment : earliest), first)
  moments.splice(moments.indexOf(next), 1)
  return next
}

function schedule(play: Timeline, plan: Plan, now: number): void {
  const add = (at: number, happens: Moment['happens']) => play.moments.push({ at, happens })
  for (const { program, person, at } of plan.invitations) {
    add(at, async () => {
      const campaignId = play.campaigns[program].id
      const { id, contactId, code } = await inviteAdvocate(play.company.owner, { campaignId, notify: true, ...person })
      play.advocates.set(person.name, { enrollmentId: id, contactId, code })
    })
  }
  for (const referral of plan.referrals) add(referral.sentAt, () => addReferral(play, referral))
  add(now - deskHoursAgo * hourMs, () =>
    addStaffActivity(play.company.staff, play.campaigns, advocateNamed(play, joanna).enrollmentId),
  )
  add(now - importDaysAgo * dayMs, () => importHistory(play.company.owner, play.campaigns))
  add(now - webhookDaysAgo * dayMs, () => addWebhook(play.company.owner))
  const personNamed = (name: string) => {
    const known = plan.invitations.find(({ person }) => person.name === name)
    if (!known) throw new Error(`${name} is not asked.`)
    return known.person
  }
  play.moments.push(...addSeasonalCampaign({ demo: play.demo, company: play.company, now, personNamed }))
  add(now - raisedDaysAgo * dayMs, () => raiseMaximum(play.company.owner, play.campaigns))
  add(now - annaUsed.daysAgo * dayMs, () => {
    const { owner, organization } = play.company
    return useCredit(owner, advocateNamed(play, anna).contactId, annaUsed.amount, organization.currency)
  })
  add(now - approvalDaysAgo * dayMs, () => requireApproval(play.company.owner, play.campaigns))
  add(now - annaRequests.daysAgo * dayMs, () => {
    const { owner, organization } = play.company
    return requestAvailableCredit(
      owner,
      advocateNamed(play, anna).contactId,
      annaRequests.amount,
      organization.currency,
    )
  })
}

function advocateNamed(play: Timeline, name: string): DemoAdvocate {
  const player = play.advocates.get(name)
  if (!player) throw new Error(`${name} refers a friend before being an advocate.`)
  return player
}

/** Submits a referral and schedules its outcome. */
async function addReferral(play: Timeline, planned: PlannedReferral): Promise<void> {
  const id = planned.by === 'friend' ? await fillForm(play, planned) : await enterReferral(play, planned)
  const { owner, staff } = play.company
  const { acceptedAt, declined, converted } = planned
  if (acceptedAt !== null) play.moments.push({ at: acceptedAt, happens: () => acceptReferral(staff, id) })
  if (declined) play.moments.push({ at: declined.at, happens: () => declineReferral(owner, id, declined.reason) })
  if (converted) play.moments.push({ at: converted.at, happens: () => complete(play, planned, id) })
}

/** Most visitors of a link leave without submitting. */
const visitsForOneForm = 3

async function fillForm(
  play: Timeline,
  { advocate, friend, message, program, network }: PlannedReferral,
): Promise<string> {
  const { demo, company } = play
  const { enrollmentId, code } = advocateNamed(play, advocate)
  const { services } = demo
  const organizationId = company.organization.id
  const source = program === 'neighbors' ? 'widget' : 'hosted'
  const sentAt = services.clock()
  demo.at(sentAt - formOpenMs)
  for (let visit = 0; visit < visitsForOneForm; visit += 1) {
    countVisit(services, { id: enrollmentId, organizationId }, source)
  }
  const formToken = newFormToken(services, organizationId)
  demo.at(sentAt)
  const input = { code, ...friend, ...(message ? { message } : {}), formToken }
  await submitReferral(company.friend, input, { source, address: network })
  const token = readFormToken(services, organizationId, formToken)
  const referral = token.ok ? await referralOfForm(company.friend, token.nonce) : undefined
  if (!referral) throw new Error(`The form of ${friend.name} created no referral.`)
  return referral.id
}

/** A friend who called and named their advocate. */
async function enterReferral(play: Timeline, { advocate, friend, message }: PlannedReferral): Promise<string> {
  const { enrollmentId } = advocateNamed(play, advocate)
  const input = { advocateId: enrollmentId, friend, ...(message ? { message } : {}), metadata: {} }
  return (await createReferral(play.company.staff, input)).id
}

async function complete(play: Timeline, planned: PlannedReferral, id: string): Promise<void> {
  const { owner } = play.company
  if (!planned.converted) return
  const { jobValue, paidOn, invoice, friendUsesAt, advocateUsesAt, reversedAt } = planned.converted
  await convertReferral(owner, id, { jobValue, paidOn, invoice, notify: true })
  const conversion = await findConversion(owner, id)
  const { campaignId, friendContactId } = attributed(await getReferral(owner, id))
  const enrollment = await findEnrollment(owner, campaignId, friendContactId)
  if (!conversion || !enrollment) throw new Error(`The referral of ${planned.friend.name} has no conversion.`)
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
