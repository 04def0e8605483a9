import { assignReferral } from '../modules/program/referrals/assignment.ts'
import { addNote } from '../modules/program/referrals/notes.ts'
import { createReferral } from '../modules/program/referrals/referrals.ts'
import { listReferrals } from '../modules/surfaces/console/referrals.queries.ts'
import type { Ctx } from '../shared/context.ts'
import type { Campaigns } from './campaigns.ts'
import { emailFor } from './people.generated.ts'

/** Hours before the end of the demo's timeline. */
export const deskHoursAgo = 3

/**
 * Staff activity on the list: assignments, notes and two calls. One is from a friend who remembers half of the
 * advocate's name, the other from `advocateId`, who only knows that they referred someone.
 */
export async function addStaffActivity(staff: Ctx, campaigns: Campaigns, advocateId: string): Promise<void> {
  const { items } = await listReferrals(staff, { limit: 2, sort: 'next_step', status: 'pending' })
  for (const { id } of items) await assignReferral(staff, id, staff.actor.type === 'member' ? staff.actor.id : null)
  const [next] = items
  if (next) await addNote(staff, next.id, 'Left a message on Monday. Mornings are best.')
  await createReferral(staff, {
    campaignId: campaigns.neighbors.id,
    advocateNamed: 'Anna, from the choir',
    friend: { name: 'Beatriz Moreno', email: emailFor('Beatriz Moreno') },
    message: 'The shower drips.',
    metadata: {},
  })
  const message = 'Her sister wants a new boiler. She will send us the number.'
  await createReferral(staff, { advocateId, message, metadata: {} })
}
