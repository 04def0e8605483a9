import { and, eq } from 'drizzle-orm'
import { markSeen } from '../modules/platform/members/lastSeen.ts'
import { messages } from '../modules/platform/messages/messages.table.ts'
import { listOrganizations } from '../modules/platform/organizations/organizations.ts'
import { flushVisits } from '../modules/surfaces/embed/visits.ts'
import type { Services } from '../shared/context.ts'
import { addDuplicateContact } from './duplicateContact.ts'
import { type DemoServices, inOneTransaction, timeZone } from './organization.ts'
import { planYear } from './plan.ts'
import { playTimeline } from './timeline.ts'

export type SeededDemo = {
  organizationId: string
  ownerPersonId: string
  publishableKey: string
  /** The advocate to show: some available credit, one reward on hold, and friends in every status. */
  advocateEnrollmentId: string
  advocateContactId: string
  advocateCode: string
}

/** Joe was last active at noon. */
const lunchMs = 2 * 3_600_000

/** Whether this installation has no organization yet. */
export const isEmpty = async (services: Services): Promise<boolean> => (await listOrganizations(services)).length === 0

/**
 * Fills an empty installation with a plumbing business and a year of its referrals, up to this minute, all or nothing.
 */
export function seedDemo(services: Services): Promise<SeededDemo> {
  const now = services.clock()
  const plan = planYear(now, timeZone)
  return inOneTransaction(services, async (demo) => {
    const { company, anna } = await playTimeline(demo, plan, now)
    await addDuplicateContact(demo, company, now)
    while ((await flushVisits(demo.services)) > 0);
    await keepMessages(demo, company.organization.id)
    const { actor } = company.staff
    if (actor.type === 'member') await markSeen(demo.services, actor.id, now - lunchMs)
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

/** Demo messages are shown and never sent, even with SMTP set up, because the people in them don't exist. */
async function keepMessages({ services }: DemoServices, organizationId: string): Promise<void> {
  await services.database.write((tx) =>
    tx
      .update(messages)
      .set({ state: 'kept', attempts: 1 })
      .where(and(eq(messages.organizationId, organizationId), eq(messages.state, 'queued'))),
  )
}
