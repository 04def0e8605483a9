import { addNote } from '../modules/program/referrals/notes.ts'
import { listReferrals } from '../modules/surfaces/console/referrals.queries.ts'
import { assignReferral, createReferral } from '../modules/surfaces/console/referrals.ts'
import type { Ctx } from '../shared/context.ts'
import type { Campaigns } from './offers.ts'
import { mailOf } from './people.ts'

/** Hours before the end of the story. */
export const deskHoursAgo = 3

/**
 * What staff do at the list besides: somebody takes the next ones, notes what was said, and takes two calls: of a friend who
 * knows half a name of who sent her, and of `advocateId`, who knows no more of the friend than that there is one.
 */
export async function workAtTheDesk(staff: Ctx, campaigns: Campaigns, advocateId: string): Promise<void> {
  const { items } = await listReferrals(staff, { limit: 2, sort: 'next_step', status: 'pending' })
  for (const { id } of items) await assignReferral(staff, id, staff.actor.type === 'member' ? staff.actor.id : null)
  const [next] = items
  if (next) await addNote(staff, next.id, 'Left a message on Monday. Mornings are best.')
  await createReferral(staff, {
    campaignId: campaigns.neighbors.id,
    advocateNamed: 'Anna, from the choir',
    friend: { name: 'Beatriz Moreno', email: mailOf('Beatriz Moreno') },
    message: 'The shower drips.',
    metadata: {},
  })
  const message = 'Her sister wants a new boiler. She will send us the number.'
  await createReferral(staff, { advocateId, message, metadata: {} })
}
