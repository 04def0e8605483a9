import type { ContactPart } from '../../../shared/context.ts'
import { enrollmentsOf } from '../advocates/merge.ts'
import { eraseReferrals } from './erasing.ts'
import { conflictOfMerge, countMoving, moveReferrals, planReferrals } from './merge.ts'
import { referredAs, referredBy } from './referrals.person.queries.ts'
import { separateReferrals } from './separating.ts'

export const referralsOfContacts: ContactPart = {
  tables: ['referrals'],

  mergeConflict: async (ctx, merge) => conflictOfMerge(ctx, await planReferrals(ctx, merge)),

  async previewMerge(ctx, merge) {
    const { asFriend, asAdvocate } = await countMoving(ctx, await planReferrals(ctx, merge))
    return { referralsAsFriend: asFriend, referralsAsAdvocate: asAdvocate }
  },

  move: async (tx, merge) => moveReferrals(tx, await planReferrals(tx, merge)),

  separate: separateReferrals,

  async erase(tx, { contactId, subjectIds }) {
    const enrollmentIds = (await enrollmentsOf(tx, contactId)).map(({ id }) => id)
    subjectIds.push(...(await eraseReferrals(tx, contactId, enrollmentIds)))
  },

  export: (ctx, contactId) => ({
    friendsReferred: referredBy(ctx, contactId),
    referredAsFriend: referredAs(ctx, contactId),
  }),
}
