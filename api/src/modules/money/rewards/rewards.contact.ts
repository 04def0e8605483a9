import type { ContactPart } from '../../../shared/context.ts'
import { eraseCreditNotes, moveRewards } from './merge.ts'
import { requestsOf, rewardsOf } from './rewards.person.queries.ts'

export const rewardsOfContacts: ContactPart = {
  tables: ['rewards', 'credit_requests', 'credit_entries'],
  move: (tx, { from, into }) => moveRewards(tx, from.id, into.id),
  erase: (tx, { contactId }) => eraseCreditNotes(tx, contactId),
  export: (ctx, contactId) => ({
    rewards: rewardsOf(ctx, contactId),
    creditRequests: requestsOf(ctx, contactId),
  }),
}
