import { addDays, dayIn, dayMs } from '@goodword/domain'
import { type JobPlan, planJobs } from './jobs/planJobs.ts'
import * as cast from './people.data.ts'
import { contactDetails, emailFor, fictionalPhones, generateNames, longName, type Person } from './people.generated.ts'
import type { PlannedConversion, PlannedReferral, Program, Tools } from './planned.ts'
import { createRandom, type Random } from './random.ts'
import { workingHour } from './workingHour.ts'

export type Plan = {
  foundedAt: number
  invitations: { program: Program; person: Person; at: number }[]
  referrals: PlannedReferral[]
  jobs: JobPlan
}

type Ends = cast.FriendStory['ends'] | 'reversed'
/** The outcomes of generated referrals, besides the named ones. */
const generatedOutcomes = { pending: 1, accepted: 4, declined: 4, expired: 8, reversed: 2, converted: 53 }
const timelineDays = 365
const pendingDays = 60
/** The most friends a generated advocate refers. */
const referralsEach = 2
const firstInvoice = 2_041
const quickestAnswerMs = 25 * 60_000

/** A year of a plumbing business up to `now`, identical for every start on the same day. */
export function planYear(now: number, timeZone: string): Plan {
  const random = createRandom(dayIn(timeZone, now))
  const tools: Tools = { now, timeZone, random, phones: fictionalPhones(), names: generateNames(random) }
  const invitations = planInvitations(tools)
  const named = planFriendStories(tools)
  const others = planOthers(tools, invitations)
  const referrals = [...named, ...others].sort((a, b) => a.sentAt - b.sentAt)
  numberInvoices(referrals)
  const jobs = planJobs(tools, { invitations, referrals })
  return { foundedAt: now - timelineDays * dayMs - 9 * dayMs, invitations, referrals, jobs }
}

function planInvitations(tools: Tools): Plan['invitations'] {
  const ask = (program: Program, name: string) => {
    const email = emailFor(name)
    const person = { name, email, phone: tools.phones.next().value }
    return { program, person, at: workingHour(tools, tools.random.between(timelineDays - 2, timelineDays + 7)) }
  }
  const made = (count: number) => Array.from({ length: count }, () => tools.names.next().value)
  return [
    ...[...cast.neighbors, ...made(cast.moreNeighbors)].map((name) => ask('neighbors', name)),
    ...[...cast.partners, ...made(cast.morePartners)].map((name) => ask('partners', name)),
  ]
}

function planFriendStories(tools: Tools): PlannedReferral[] {
  const described = new Map<string, Person>()
  return cast.friendStories.map((story) => {
    const friend = described.get(story.friend) ?? {
      ...contactDetails(story.friend, tools.random, tools.phones),
      ...(story.email ? { email: story.email } : {}),
    }
    described.set(story.friend, friend)
    return planFriendStory(tools, story, friend)
  })
}

function planFriendStory(tools: Tools, story: cast.FriendStory, friend: Person): PlannedReferral {
  const { random } = tools
  const converted = story.ends === 'converted' ? story.converted : 0
  const sent = story.sent ?? converted + random.between(6, 15)
  const common = { program: cast.isPartner(story.advocate) ? ('partners' as const) : ('neighbors' as const) }
  const planned = planReferral(tools, {
    ...common,
    advocate: story.advocate,
    friend,
    sent,
    converted,
    ends: story.ends,
  })
  if (story.message) planned.message = story.message
  if (story.ends === 'declined' && planned.declined) planned.declined.reason = story.reason
  if (story.ends === 'converted' && planned.converted) planned.converted.jobValue = story.job
  // Anna's balance is fixed: she used some of it, once.
  if (story.advocate === cast.anna && planned.converted) planned.converted.advocateUsesAt = null
  return planned
}

/** The generated referrals: more in recent months, from advocates of that time. */
function planOthers(tools: Tools, invitations: Plan['invitations']): PlannedReferral[] {
  const { random } = tools
  const known = new Set([...cast.neighbors, ...cast.partners])
  const advocates = invitations
    .filter(({ person }) => !known.has(person.name))
    .map(({ program, person, at }) => ({ program, name: person.name, since: at, sent: 0 }))
  const planned: PlannedReferral[] = []
  for (const { ends, sent, converted } of timesOfOthers(random)) {
    const at = tools.now - sent * dayMs
    const free = advocates.filter((advocate) => advocate.since < at - 3 * dayMs && advocate.sent < referralsEach)
    const advocate = random.pick(free)
    advocate.sent += 1
    const { program } = advocate
    const name = planned.length === 20 ? longName : tools.names.next().value
    const friend = contactDetails(name, random, tools.phones)
    const referral = planReferral(tools, { program, advocate: advocate.name, friend, sent, converted, ends })
    planned.push(referral)
    if (ends === 'converted' && referral.converted)
      advocates.push({ program, name, since: referral.converted.at, sent: 0 })
  }
  return planned
}

type Times = { ends: Ends; sent: number; converted: number }

function timesOfOthers(random: Random): Times[] {
  const jobs = generatedOutcomes.converted + generatedOutcomes.reversed
  const done = Array.from({ length: jobs }, (_, index): Times => {
    const converted = 0.6 + 342 * (1 - (index + 0.5) / jobs) ** 1.25
    const ends = index === 18 || index === 39 ? 'reversed' : 'converted'
    return { ends, converted, sent: converted + random.between(5, 15) }
  })
  const some = (ends: Ends, count: number, low: number, high: number) =>
    Array.from({ length: count }, (): Times => ({ ends, converted: 0, sent: random.between(low, high) }))
  return [
    ...done,
    ...some('expired', generatedOutcomes.expired, pendingDays + 2, 330),
    ...some('declined', generatedOutcomes.declined, 20, 300),
    ...some('accepted', generatedOutcomes.accepted, 2.5, 20),
    ...some('pending', generatedOutcomes.pending, 0.3, 0.4),
  ].sort((a, b) => b.sent - a.sent)
}

type Given = Times & Pick<PlannedReferral, 'program' | 'advocate' | 'friend'>

function planReferral(tools: Tools, given: Given): PlannedReferral {
  const { random } = tools
  const { ends, program, advocate, friend } = given
  const isJob = ends === 'converted' || ends === 'reversed'
  const sentAt = workingHour(tools, given.sent)
  const answered = (low: number, high: number) =>
    Math.max(sentAt + quickestAnswerMs, workingHour(tools, given.sent - random.between(low, high)))
  return {
    program,
    advocate,
    friend,
    message: random.happens(0.6) ? random.pick(cast.messages) : null,
    by: random.happens(0.85) ? 'friend' : 'staff',
    network: `198.51.100.${random.whole(1, 250)}`,
    sentAt,
    acceptedAt: isJob || ends === 'accepted' ? answered(0.6, 2.2) : null,
    declined: ends === 'declined' ? { at: answered(0.7, 4), reason: random.pick(cast.declineReasons) } : null,
    converted: isJob ? planConversion(tools, given, ends === 'reversed') : null,
  }
}

function planConversion(tools: Tools, { converted, program }: Given, reversed: boolean): PlannedConversion {
  const { random, timeZone } = tools
  const at = workingHour(tools, converted)
  const later = (days: number) => (converted > days ? workingHour(tools, converted - days) : null)
  const usual = random.happens(0.2) ? random.whole(150, 460) : random.whole(30, 150)
  return {
    at,
    jobValue: usual * 1_000 * (program === 'partners' ? 3 : 1),
    paidOn: addDays(dayIn(timeZone, at), -random.whole(0, 2)),
    invoice: '',
    job: null,
    friendUsesAt: !reversed && random.happens(0.9) ? later(1.2) : null,
    advocateUsesAt: !reversed && random.happens(0.7) ? later(random.between(18, 60)) : null,
    reversedAt: reversed ? later(random.between(1.5, 3)) : null,
  }
}

function numberInvoices(referrals: PlannedReferral[]): void {
  const jobs = referrals.flatMap(({ converted }) => converted ?? []).sort((a, b) => a.at - b.at)
  for (const [index, job] of jobs.entries()) job.invoice = `HS-${firstInvoice + index * 3}`
}
