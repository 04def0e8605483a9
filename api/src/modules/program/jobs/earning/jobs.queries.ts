import { and, desc, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../../database/prepared.ts'
import type { Ctx } from '../../../../shared/context.ts'
import { referrals } from '../../referrals/referrals.table.ts'
import type { JobRow } from '../jobRows.ts'
import { jobs } from '../jobs.table.ts'

/** A friend has a few jobs; of somebody with more, the newest matter. */
const jobsMax = 50

const newestOf = (contact: SQL) =>
  prepared((db) =>
    db
      .select()
      .from(jobs)
      .where(
        and(sql`+${jobs.organizationId} = ${sql.placeholder('organizationId')}`, sql`${jobs.contactId} = ${contact}`),
      )
      .orderBy(desc(jobs.id))
      .limit(jobsMax)
      .prepare(),
  )
const newestOfContact = newestOf(sql`${sql.placeholder('contactId')}`)
const newestOfFriend = newestOf(
  sql`(SELECT ${referrals.friendContactId} FROM ${referrals} WHERE ${referrals.id} = ${sql.placeholder('referralId')})`,
)

/** The newest jobs of a contact. */
export const jobsOfContact = (ctx: Ctx, contactId: string): Promise<JobRow[]> =>
  newestOfContact(ctx.db).all({ organizationId: ctx.organizationId, contactId })

/** The newest jobs of a referral's friend. */
export const jobsOfFriend = (ctx: Ctx, referralId: string): Promise<JobRow[]> =>
  newestOfFriend(ctx.db).all({ organizationId: ctx.organizationId, referralId })
