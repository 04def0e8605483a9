import { dayMs } from '@goodword/domain'
import { contactDetails, emailFor, type Person } from '../people.generated.ts'
import type { PlannedReferral, Tools } from '../planned.ts'
import { workingHour } from '../workingHour.ts'
import {
  connectedDaysAgo,
  enoughToAsk,
  enteredByHand,
  type JobStory,
  jobStories,
  jobTitles,
  oldJobs,
  refunded,
} from './jobs.data.ts'
import { reportOf } from './reports.ts'

/** Something about a job that happens at its time. */
export type JobStep = { at: number } & (
  | { does: 'report'; id: string; body: string }
  | { does: 'refuse'; from: string }
  | { does: 'try' }
  | { does: 'enter' }
  | { does: 'open'; job: string; customer: string }
  | { does: 'hold'; job: string }
  /** Staff have called the customer whose report this is. */
  | { does: 'call'; report: string }
)

export type JobPlan = { connectedAt: number; steps: JobStep[] }

type PlannedJob = Omit<JobStory, 'customer' | 'done'> & { customer: Person; doneAt: number }

/** Jobs of customers that nobody referred and nobody tells stories about. */
const ordinaryJobs = 11
/** The number of the newest job. */
const lastJob = 4_471
const hourMs = 3_600_000
const minuteMs = 60_000

/**
 * What the job system reports from the day it is connected, and what comes of it. The jobs of friends who convert from then
 * on get a number, by which the timeline reports them.
 */
export function planJobs(
  tools: Tools,
  { invitations, referrals }: { invitations: { person: Person }[]; referrals: PlannedReferral[] },
): JobPlan {
  const connectedAt = workingHour(tools, connectedDaysAgo)
  const known = [...invitations.map(({ person }) => person), ...referrals.map(({ friend }) => friend)]
  const people = new Map(known.map((person) => [person.name, person]))
  const jobs = [...jobStories.map((story) => plannedStory(tools, story, people)), ...plannedOrdinary(tools)]
  const friends = referrals.filter(
    ({ program, converted }) => program === 'neighbors' && converted && converted.at > connectedAt + dayMs,
  )
  const byTime = [
    ...jobs.map((job) => ({ at: job.doneAt, numbered: (_number: string) => {}, job })),
    ...friends.map(({ converted }) => ({
      at: converted?.at ?? 0,
      numbered: (number: string) => {
        if (converted) converted.job = number
      },
      job: null,
    })),
  ].sort((one, other) => one.at - other.at)
  const steps: JobStep[] = []
  for (const [index, { numbered, job }] of byTime.entries()) {
    const number = String(lastJob - byTime.length + 1 + index)
    numbered(number)
    if (job) steps.push(...stepsOf(tools, job, number))
  }
  const refund = friends.find(({ friend }) => friend.name === refunded.friend)?.converted
  steps.push(...firstDay(connectedAt, tools.now), ...oddReports(tools.now, refund?.job ?? null, refund?.jobValue ?? 0))
  return { connectedAt, steps: steps.filter(({ at }) => at > connectedAt && at < tools.now) }
}

/** A customer whom the demo knows as an advocate or as a friend, or one of their own. */
function plannedStory(tools: Tools, { customer, done, ...story }: JobStory, people: Map<string, Person>): PlannedJob {
  const person = people.get(customer) ?? {
    name: customer,
    email: emailFor(customer),
    phone: tools.phones.next().value,
  }
  people.set(customer, person)
  return {
    ...story,
    customer: story.isUnreachable ? { name: customer } : person,
    doneAt: workingHour(tools, done),
  }
}

function plannedOrdinary(tools: Tools): PlannedJob[] {
  const { random, names, phones } = tools
  return Array.from({ length: ordinaryJobs }, (_, index): PlannedJob => {
    const done = 1.6 + (connectedDaysAgo - 4) * (1 - (index + 0.5) / ordinaryJobs) ** 1.2
    const score = random.pick([5, 5, 5, 4, 4, 3])
    return {
      customer: contactDetails(names.next().value, random, phones),
      title: random.pick(jobTitles),
      value: random.whole(15, 140) * 1_000,
      doneAt: workingHour(tools, done),
      // One review comes before its job is reported as done, and has to wait for it.
      ...(index === 6
        ? { review: { score: 5, afterHours: -2 } }
        : random.happens(0.65)
          ? { review: { score, afterHours: random.between(2, 30) } }
          : {}),
      ...(random.happens(0.85) ? { invoicedAfterHours: random.between(16, 30) } : {}),
    }
  })
}

function stepsOf({ now }: Tools, job: PlannedJob, number: string): JobStep[] {
  const { customer, title, value, doneAt, review, repeated } = job
  const after = (hours: number) => doneAt + hours * hourMs
  const report = (at: number, type: string, id: string, data: object) => ({
    does: 'report' as const,
    at,
    ...reportOf(at, type, { id, job: number, ...data }),
  })
  const done = report(doneAt, 'job.completed', 'done', { title, amount: value, customer })
  const again = doneAt + 4 * minuteMs
  const steps: JobStep[] = [done]
  if (repeated === 'delivery') steps.push({ ...done, at: again })
  if (repeated === 'event') steps.push(report(again, 'job.completed', 'saved', { title, amount: value, customer }))
  if (review) {
    const reviewed = report(after(review.afterHours), 'review.received', 'review', { score: review.score })
    steps.push(reviewed)
    if (review.score < enoughToAsk && !job.isToCall)
      steps.push({ does: 'call', at: reviewed.at + 40 * minuteMs, report: reviewed.id })
  }
  if (job.invoicedAfterHours !== undefined)
    steps.push(
      report(after(job.invoicedAfterHours), 'job.invoiced', 'paid', { amount: value, invoice: `HS-J${number}` }),
    )
  if (job.opensAfterHours !== undefined)
    steps.push({ does: 'open', at: after(job.opensAfterHours), job: number, customer: customer.name })
  if (job.heldAfterHours !== undefined) steps.push({ does: 'hold', at: after(job.heldAfterHours), job: number })
  return steps.filter(({ at }) => at < now)
}

/** The secret was copied wrong at first; then a test event, and the jobs of the last months. */
function firstDay(connectedAt: number, now: number): JobStep[] {
  const at = (minutes: number) => connectedAt + minutes * minuteMs
  return [
    { does: 'refuse', at: at(4), from: '198.51.100.24' },
    { does: 'try', at: at(9) },
    ...oldJobs.map(({ customer, job, done, value }, index): JobStep => {
      const person = { name: customer, email: emailFor(customer) }
      const sent = reportOf(now - done * dayMs, 'job.completed', {
        ...{ id: 'done', job, title: 'Yearly check', amount: value, customer: person },
      })
      return { does: 'report', at: at(20 + index), ...sent }
    }),
  ]
}

/** What goes wrong in the weeks after, and what nothing is done with. */
function oddReports(now: number, refundedJob: string | null, amount: number): JobStep[] {
  const ago = (days: number) => now - days * dayMs
  const odd = (days: number, type: string, data: { id: string; job?: string } & Record<string, unknown>): JobStep => ({
    does: 'report',
    at: ago(days),
    ...reportOf(ago(days), type, data),
  })
  const canceled = { name: 'Yusuf Demir', email: 'yusuf.demir@mail.example' }
  const opened = { name: 'Paula Greer', email: 'paula.greer@mail.example' }
  const moved = { id: 'c-2207', name: 'Lorena Fabbri', email: 'lorena.fabbri@mail.example' }
  return [
    { does: 'report', at: ago(27.3), id: 'evt_export_9', body: '{"type":"job.completed","data":{"job":"4398",' },
    odd(24.1, 'job.canceled', { id: 'canceled', job: '4402', customer: canceled, title: 'Shower valve' }),
    odd(15.2, 'contact.upserted', { id: 'moved', customer: moved }),
    odd(13.4, 'job.invoiced', { id: 'paid', job: '4377', amount: '412,50', customer: { name: 'Roy Tanner' } }),
    odd(8.2, 'appointment.scheduled', { id: 'booked', job: '4475' }),
    odd(6.3, 'review.received', { id: 'review', job: '4377', score: '9 out of 10' }),
    odd(3.1, 'appointment.scheduled', { id: 'booked', job: '4476' }),
    { does: 'enter', at: ago(enteredByHand.daysAgo) },
    { does: 'refuse', at: ago(0.7), from: '203.0.113.9' },
    odd(0.5, 'job.opened', { id: 'opened', job: '4473', customer: opened, title: 'Bathroom faucet' }),
    odd(0.28, 'review.received', { id: 'review', job: '4474', score: 5 }),
    ...(refundedJob === null
      ? []
      : [odd(refunded.daysAgo, 'job.refunded', { id: 'refund', job: refundedJob, refund: 're_1', amount })]),
  ]
}
