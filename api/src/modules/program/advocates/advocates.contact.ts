import type { ContactPart } from '../../../shared/context.ts'
import { moveRewardsOfEnrollment } from '../../money/rewards/merge.ts'
import { getCampaign } from '../campaigns/campaigns.ts'
import { programsOf } from './advocates.person.queries.ts'
import { deactivateEnrollments } from './erasing.ts'
import { enrollmentsOf, moveEnrollments, pairEnrollments } from './merge.ts'
import { eraseTraces, moveTraces } from './traces.ts'

export const enrollmentsOfContacts: ContactPart = {
  tables: ['enrollments', 'advocate_traces'],

  async previewMerge(ctx, merge) {
    const { moves, joins } = await pairEnrollments(ctx, merge)
    const coded = [
      ...moves.map((one) => ({ one, joins: false })),
      ...joins.map(({ from }) => ({ one: from, joins: true })),
    ]
    return {
      codes: await Promise.all(
        coded.map(async ({ one, joins: joined }) => ({
          code: one.code,
          campaignName: (await getCampaign(ctx, one.campaignId)).name,
          joins: joined,
        })),
      ),
    }
  },

  async move(tx, merge) {
    const { moves, joins } = await pairEnrollments(tx, merge)
    await moveEnrollments(tx, moves, joins, merge.into.id)
    for (const join of joins) await moveRewardsOfEnrollment(tx, join.from.id, join.into.id)
    await moveTraces(tx, merge.from.id, merge.into.id)
  },

  async erase(tx, { contactId, subjectIds }) {
    subjectIds.push(...(await enrollmentsOf(tx, contactId)).map(({ id }) => id))
    await deactivateEnrollments(tx, contactId)
    await eraseTraces(tx, contactId)
  },

  export: (ctx, contactId) => ({ programs: programsOf(ctx, contactId) }),
}
