import { addDays, dayIn, dayMs, startOfDay } from '@goodword/domain'
import { releaseDueRewards } from '../modules/money/rewards/rewards.jobs.ts'
import { expireDueReferrals } from '../modules/program/referrals/expiry.ts'
import { inviteAdvocate } from '../modules/surfaces/console/advocates.ts'
import { createCampaigns, raiseMaximum } from './campaigns.ts'
import { requestAvailableCredit, requireApproval } from './decisions.ts'
import { importHistory } from './importHistory.ts'
import { connectJobSystem, takeJobStep } from './jobs/jobSystem.ts'
import { openLeaderboard } from './leaderboard.ts'
import { type Company, createBusiness, type DemoServices, timeZone } from './organization.ts'
import { anna, annaRequests, annaUsed } from './people.data.ts'
import type { Plan } from './plan.ts'
import { advocateNamed, askWhoIsDue, type DemoAdvocate, type Moment, type Play } from './play.ts'
import { useCredit } from './redemption.ts'
import { addReferral } from './referralStory.ts'
import { addRemodelCampaign } from './remodelCampaign.ts'
import { addSeasonalCampaign } from './seasonalCampaign.ts'
import { addStaffActivity, deskHoursAgo } from './staffActivity.ts'
import { addWebhook } from './webhook.ts'

export type TimelineResult = { company: Company; anna: DemoAdvocate }

const hourMs = 3_600_000
const raisedDaysAgo = 240
const approvalDaysAgo = 75
const importDaysAgo = 355
/** Early enough for the delivery log to cover a few days. */
const webhookDaysAgo = 6
const leaderboardDaysAgo = 90
const joanna = 'Joanna Reyes'

/**
 * Creates a year of data with the same functions the API calls, each at its time, and runs the background jobs in
 * between.
 */
export async function playTimeline(demo: DemoServices, plan: Plan, now: number): Promise<TimelineResult> {
  demo.at(plan.foundedAt)
  const company = await createBusiness(demo)
  const campaigns = await createCampaigns(company.owner)
  const play: Play = {
    ...{ demo, now, company, campaigns, jobs: null, asksAt: null },
    ...{ advocates: new Map(), moments: [] },
  }
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

function takeNext({ moments }: Play): Moment {
  const [first, ...rest] = moments
  if (!first) throw new Error('The timeline has no moments left.')
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
  play.moments.push(...addRemodelCampaign({ company: play.company, now, personNamed }))
  add(now - leaderboardDaysAgo * dayMs, () => openLeaderboard(play))
  add(now - raisedDaysAgo * dayMs, async () => {
    play.campaigns = await raiseMaximum(play.company.owner, play.campaigns)
  })
  scheduleJobs(play, plan, add)
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

function scheduleJobs(play: Play, { jobs }: Plan, add: (at: number, happens: Moment['happens']) => void): void {
  add(jobs.connectedAt, async () => {
    const { system, campaigns } = await connectJobSystem(play.demo, play.company, play.campaigns)
    Object.assign(play, { jobs: system, campaigns })
  })
  for (const step of jobs.steps) {
    add(step.at, async () => {
      if (!play.jobs) throw new Error('The job system is not connected yet.')
      const asked = await takeJobStep(play.jobs, step)
      if (asked) play.advocates.set(asked.name, asked)
      await askWhoIsDue(play)
    })
  }
}
