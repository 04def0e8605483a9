import { type SearchField, termsBeyond } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import type { Searchable } from '../../../shared/context.ts'
import { addressList, contactFields } from '../../people/contacts/contacts.search.queries.ts'
import { erasedName } from '../../people/contacts/erasedName.ts'
import type { Submitted } from './referrals.table.ts'

type Facts = { submitted: Submitted; advocateNamed: string | null; externalId: string | null }

/** What a referral is found by, besides its friend and its advocate. */
const referralFields = ({ submitted, advocateNamed, externalId }: Facts): SearchField[] => [
  { type: 'text', value: externalId },
  { type: 'name', value: advocateNamed },
  { type: 'name', value: submitted.name === erasedName ? null : submitted.name },
  { type: 'email', value: submitted.email },
  { type: 'phone', value: submitted.phone },
]

/** A referral's own terms: those its friend's contact doesn't have. */
export const referralTerms = (facts: Facts, friend: SearchField[]): string[] =>
  termsBeyond(referralFields(facts), friend)

/** Referrals by their friend, their advocate, what was submitted, and the id from another system. */
export const referralSearch: Searchable = {
  kind: 'referral',
  number: 3,
  source: 'referrals',
  through: { contact: 'friend_contact_id', advocate: 'enrollment_id' },
  async subjects(db, ids) {
    const rows = await db.all<[string, string, string, string | null, string | null, string | null, string | null]>(
      sql`SELECT r.id, r.organization_id, r.submitted, r.advocate_named, r.external_id, c.name, ${addressList('c')}
        FROM referrals r LEFT JOIN contacts c ON c.id = r.friend_contact_id AND c.merged_into IS NULL AND c.erased_at IS NULL
        WHERE r.id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND r.archived_at IS NULL`,
    )
    return rows.map(([id, organizationId, submitted, advocateNamed, externalId, name, addresses]) => ({
      id,
      organizationId,
      terms: referralTerms(
        { submitted: JSON.parse(submitted) as Submitted, advocateNamed, externalId },
        name === null ? [] : contactFields(name, addresses ?? '[]'),
      ),
    }))
  },
  dependents: {
    async contact(db, ids) {
      const rows = await db.all<[string]>(
        sql`SELECT id FROM referrals WHERE friend_contact_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
      )
      return rows.map(([id]) => id)
    },
  },
}
