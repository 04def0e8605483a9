import { and, eq } from 'drizzle-orm'
import { markSeen } from '../modules/platform/members/lastSeen.ts'
import { messages } from '../modules/platform/messages/messages.table.ts'
import { listOrganizations } from '../modules/platform/organizations/organizations.ts'
import { flushVisits } from '../modules/surfaces/embed/visits.ts'
import type { Services } from '../shared/context.ts'
import { planYear } from './plan.ts'
import { perform, type Stage, timeZone } from './stage.ts'
import { tell } from './story.ts'
import { enterTwice } from './twice.ts'

export type SeededDemo = {
  organizationId: string
  ownerPersonId: string
  publishableKey: string
  /** Whose portal and link to show: some credit, one reward on hold, friends in every state. */
  advocateEnrollmentId: string
  advocateContactId: string
  advocateCode: string
}

/** Joe was at work until lunch. */
const lunchMs = 2 * 3_600_000

/** Whether nobody uses this installation yet. */
export const isEmpty = async (services: Services): Promise<boolean> => (await listOrganizations(services)).length === 0

/** Fills an empty installation with a plumbing business and a year of its referrals, up to this minute. All of it or nothing. */
export function seedDemo(services: Services): Promise<SeededDemo> {
  const now = services.clock()
  const plan = planYear(now, timeZone)
  return perform(services, async (stage) => {
    const { company, anna } = await tell(stage, plan, now)
    await enterTwice(stage, company, now)
    while ((await flushVisits(stage.services)) > 0);
    await keepMessages(stage, company.organization.id)
    const { actor } = company.staff
    if (actor.type === 'member') await markSeen(stage.services, actor.id, now - lunchMs)
    return {
      organizationId: company.organization.id,
      ownerPersonId: company.ownerPersonId,
      publishableKey: company.publishableKey,
      advocateEnrollmentId: anna.enrollmentId,
      advocateContactId: anna.contactId,
      advocateCode: anna.code,
    }
  })
}

/** Messages of the past are shown and never sent, even where mail is set up: nobody asked these people. */
async function keepMessages({ services }: Stage, organizationId: string): Promise<void> {
  await services.database.write((tx) =>
    tx
      .update(messages)
      .set({ state: 'kept', attempts: 1 })
      .where(and(eq(messages.organizationId, organizationId), eq(messages.state, 'queued'))),
  )
}
