import type { ContactPart } from '../../../shared/context.ts'
import { conversionsOfFriend } from './conversions.queries.ts'
import { eraseReasonsOfConversion } from './erasing.ts'

/**
 * A conversion never changes. It keeps the ids its two contacts had, and a merged contact leads to the other. The
 * reasons why rewards of a friend's conversions were rejected or voided are erased with the friend.
 */
export const conversionsOfContacts: ContactPart = {
  tables: ['conversions'],
  erase: async (tx, { contactId }) => {
    for (const id of await conversionsOfFriend(tx, contactId)) await eraseReasonsOfConversion(tx, id)
  },
}
