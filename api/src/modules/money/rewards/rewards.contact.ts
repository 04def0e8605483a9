import type { ContactPart } from '../../../shared/context.ts'
import { eraseDeliveries, moveDeliveries } from './deliveries.contact.ts'
import { eraseCreditNotes, moveRewards } from './merge.ts'
import { requestsOf, rewardsOf } from './rewards.person.queries.ts'

export const rewardsOfContacts: ContactPart = {
  tables: ['rewards', 'reward_deliveries', 'credit_requests', 'credit_entries'],
  async move(tx, { from, into }) {
    await moveRewards(tx, from.id, into.id)
    await moveDeliveries(tx, from.id, into.id)
  },
  async erase(tx, { contactId }) {
    await eraseCreditNotes(tx, contactId)
    await eraseDeliveries(tx, contactId)
  },
  export: (ctx, contactId) => ({
    rewards: rewardsOf(ctx, contactId),
    creditRequests: requestsOf(ctx, contactId),
  }),
}
