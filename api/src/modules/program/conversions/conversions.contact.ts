import type { ContactPart } from '../../../shared/context.ts'
import { eraseReasonsOfRewards } from '../../money/rewards/merge.ts'
import { conversionsOfFriend } from './conversions.queries.ts'

/**
 * A conversion never changes. It keeps the ids its two contacts had, and a merged contact leads to the other. The
 * reasons why rewards of a friend's conversions were rejected or voided are erased with the friend.
 */
export const conversionsOfContacts: ContactPart = {
  tables: ['conversions'],
  erase: async (tx, { contactId }) => eraseReasonsOfRewards(tx, 'conversion', await conversionsOfFriend(tx, contactId)),
}
