import type { ContactPart } from '../../../shared/context.ts'
import { enrollmentsOf } from '../../program/advocates/merge.ts'
import { eraseCodes } from './erasing.ts'

/** Activity names no contact, but a code of an advocate's own choosing can hold their name. */
export const activityOfContacts: ContactPart = {
  tables: [],
  async erase(tx, { contactId }) {
    await eraseCodes(
      tx,
      (await enrollmentsOf(tx, contactId)).map(({ id }) => id),
    )
  },
}
