import { findEnrollment } from '../modules/program/advocates/advocates.ts'
import { convertReferral, findConversion } from '../modules/program/conversions/conversions.ts'
import { reverseConversion } from '../modules/program/conversions/reversal.ts'
import {
  acceptReferral,
  attributed,
  createReferral,
  declineReferral,
  getReferral,
  referralOfForm,
} from '../modules/program/referrals/referrals.ts'
import { newFormToken, readFormToken } from '../modules/surfaces/embed/formToken.ts'
import { submitReferral } from '../modules/surfaces/embed/submit.ts'
import { countVisit } from '../modules/surfaces/embed/visits.ts'
import { decideConversion, report } from './jobs/jobSystem.ts'
import { reportOf } from './jobs/reports.ts'
import type { PlannedConversion, PlannedReferral } from './planned.ts'
import { advocateNamed, askWhoIsDue, type Play } from './play.ts'
import { useReward } from './redemption.ts'

const formOpenMs = 95_000

/** Submits a referral and schedules its outcome. */
export async function addReferral(play: Play, planned: PlannedReferral): Promise<void> {
  const id = planned.by === 'friend' ? await fillForm(play, planned) : await enterReferral(play, planned)
  const { owner, staff } = play.company
  const { acceptedAt, declined, converted } = planned
  if (acceptedAt !== null) play.moments.push({ at: acceptedAt, happens: () => acceptReferral(staff, id) })
  if (declined) play.moments.push({ at: declined.at, happens: () => declineReferral(owner, id, declined.reason) })
  if (converted) play.moments.push({ at: converted.at, happens: () => complete(play, planned, id) })
}

/** Most visitors of a link leave without submitting. */
const visitsForOneForm = 3

async function fillForm(play: Play, { advocate, friend, message, program, network }: PlannedReferral): Promise<string> {
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
async function enterReferral(play: Play, { advocate, friend, message }: PlannedReferral): Promise<string> {
  const { enrollmentId } = advocateNamed(play, advocate)
  const input = { advocateId: enrollmentId, friend, ...(message ? { message } : {}), metadata: {} }
  return (await createReferral(play.company.staff, input)).id
}

async function complete(play: Play, planned: PlannedReferral, id: string): Promise<void> {
  const { owner } = play.company
  if (!planned.converted) return
  const { friendUsesAt, advocateUsesAt, reversedAt } = planned.converted
  await convert(play, planned, planned.converted, id)
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

/** Staff convert it, or the job system reports the invoice of the friend's job; where that leaves a choice, staff decide. */
async function convert(
  play: Play,
  { friend }: PlannedReferral,
  { job, jobValue, paidOn, invoice }: PlannedConversion,
  id: string,
): Promise<void> {
  const { company, jobs, demo } = play
  if (job === null || jobs === null) {
    return convertReferral(company.owner, id, { jobValue, paidOn, invoice, notify: true })
  }
  const now = demo.services.clock()
  await report(jobs, reportOf(now, 'job.invoiced', { id: 'paid', job, amount: jobValue, invoice, customer: friend }))
  await askWhoIsDue(play)
  if (!(await findConversion(company.owner, id))) await decideConversion(jobs, job, id)
}
