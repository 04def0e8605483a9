import type { ContactPart } from '../../../shared/context.ts'
import { eraseReasonsOfRewards } from '../../money/rewards/merge.ts'
import { conversionsOfFriend } from './conversions.queries.ts'

/**
 * A conversion never changes: it names its two contacts by the ids they had, and a merged contact leads to the other. Why
 * the rewards of a friend's conversions were refused or voided goes with the friend.
 */
export const conversionsOfContacts: ContactPart = {
  tables: ['conversions'],
  erase: async (tx, { contactId }) => eraseReasonsOfRewards(tx, await conversionsOfFriend(tx, contactId)),
}
