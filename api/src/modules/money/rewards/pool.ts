import { type CodesUploaded, DiscountCodeText } from '@goodword/contracts'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { placeholdersOf, prepared } from '../../../database/prepared.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { ownRow } from '../../../shared/ownRow.ts'
import { searchAdded } from '../../platform/search/changes.ts'
import { release } from './release.ts'
import { writeAudit } from './rewards.audit.ts'
import { discountCodes, rewards } from './rewards.table.ts'

const addCode = prepared((db) =>
  db
    .insert(discountCodes)
    .values(placeholdersOf(discountCodes))
    .onConflictDoNothing()
    .returning({ id: discountCodes.id })
    .prepare(),
)

/** Rewards of a campaign that wait only for a code: the condition of the index rewards_for_pool, and due. */
export const waitingForCode = (ctx: Ctx, campaignId: string) =>
  and(
    ownRow(ctx, rewards.organizationId),
    eq(rewards.campaignId, campaignId),
    sql`${rewards.status} = 'pending' AND ${rewards.needsApproval} = 0 AND ${rewards.codeSource} = 'pool'`,
    lte(rewards.availableAt, ctx.clock()),
  )

/**
 * Adds codes to a campaign's pool and assigns some to the rewards that wait for one, longest wait first. Codes that
 * already exist in the organization, or appear twice in the list, are skipped and returned.
 */
export function addCodes(ctx: Ctx, campaignId: string, codes: string[]): Promise<CodesUploaded> {
  return transaction(ctx, async (tx) => {
    const duplicates: string[] = []
    const invalid: string[] = []
    let added = 0
    for (const text of codes) {
      const read = DiscountCodeText.safeParse(text)
      if (!read.success) {
        invalid.push(text.slice(0, 100))
        continue
      }
      const id = tx.newId('discountCode')
      const written = await addCode(tx.db).get({
        id,
        organizationId: tx.organizationId,
        campaignId,
        code: read.data,
        rewardId: null,
        createdAt: tx.clock(),
        givenAt: null,
      })
      if (written) {
        added += 1
        searchAdded(tx, 'discount_code', id)
      } else duplicates.push(read.data)
    }
    const given = await assignToWaiting(tx, campaignId, added)
    await writeAudit(tx, { action: 'codes.uploaded', subjectId: campaignId, data: { added, given } })
    return { added, given, duplicates, invalid }
  })
}

async function assignToWaiting(tx: Ctx, campaignId: string, most: number): Promise<number> {
  const waiting = await tx.db
    .select({ id: rewards.id })
    .from(rewards)
    .where(waitingForCode(tx, campaignId))
    .orderBy(asc(rewards.availableAt), asc(sql`${rewards}.rowid`))
    .limit(most)
  let given = 0
  for (const { id } of waiting) if (await release(tx, id)) given += 1
  return given
}
