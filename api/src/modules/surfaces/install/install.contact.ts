import type { ContactPart } from '../../../shared/context.ts'
import { enrollmentsOf } from '../../program/advocates/merge.ts'
import { eraseCodes } from './erasing.ts'

/** Activity refers to no contact, but an advocate's custom code can contain their name. */
export const activityOfContacts: ContactPart = {
  tables: [],
  async erase(tx, { contactId }) {
    await eraseCodes(
      tx,
      (await enrollmentsOf(tx, contactId)).map(({ id }) => id),
    )
  },
}
