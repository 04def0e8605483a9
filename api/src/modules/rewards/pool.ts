import {
  type CodesUploaded,
  type DiscountCodePool,
  type DiscountCodeQuery,
  DiscountCodeText,
  type DiscountCode as ShownCode,
} from '@goodword/contracts'
import { and, asc, count, desc, eq, isNotNull, isNull, lt, lte, or } from 'drizzle-orm'
import { placeholdersOf, prepared } from '../../database/prepared.ts'
import { type Ctx, transaction } from '../../shared/context.ts'
import { cutPage, decodeCursor, iso, isoOrNull } from '../../shared/pages.ts'
import { writeAudit } from '../audit/audit.ts'
import { getCampaign } from '../campaigns/campaigns.ts'
import { contacts } from '../contacts/contacts.table.ts'
import { release } from './release.ts'
import { discountCodes, rewards } from './rewards.table.ts'

const addCode = prepared((db) =>
  db
    .insert(discountCodes)
    .values(placeholdersOf(discountCodes))
    .onConflictDoNothing()
    .returning({ id: discountCodes.id })
    .prepare(),
)

/**
 * Adds codes to the pool of a campaign, and gives some at once to the rewards that wait for one, the longest wait first.
 * Codes that are there already in the organization, or stand twice in the list, are left out and named. Throws not_found.
 */
export function uploadCodes(ctx: Ctx, campaignId: string, codes: string[]): Promise<CodesUploaded> {
  return transaction(ctx, async (tx) => {
    await getCampaign(tx, campaignId)
    const duplicates: string[] = []
    const invalid: string[] = []
    let added = 0
    for (const text of codes) {
      const read = DiscountCodeText.safeParse(text)
      if (!read.success) {
        invalid.push(text.slice(0, 100))
        continue
      }
      const written = await addCode(tx.db).get({
        id: tx.newId('discountCode'),
        organizationId: tx.organizationId,
        campaignId,
        code: read.data,
        rewardId: null,
        createdAt: tx.clock(),
        givenAt: null,
      })
      if (written) added += 1
      else duplicates.push(read.data)
    }
    const given = await giveToWaiting(tx, campaignId, added)
    await writeAudit(tx, { action: 'codes.uploaded', subjectId: campaignId, data: { added, given } })
    return { added, given, duplicates, invalid }
  })
}

async function giveToWaiting(tx: Ctx, campaignId: string, most: number): Promise<number> {
  const waiting = await tx.db
    .select({ id: rewards.id })
    .from(rewards)
    .where(waitingForCode(tx, campaignId))
    .orderBy(asc(rewards.availableAt), asc(rewards.id))
    .limit(most)
  let given = 0
  for (const { id } of waiting) if (await release(tx, id)) given += 1
  return given
}

const waitingForCode = (ctx: Ctx, campaignId: string) =>
  and(
    eq(rewards.organizationId, ctx.organizationId),
    eq(rewards.campaignId, campaignId),
    eq(rewards.kind, 'discount_code'),
    eq(rewards.status, 'pending'),
    eq(rewards.needsApproval, false),
    lte(rewards.availableAt, ctx.clock()),
  )

/** The codes of a campaign, the newest first, how many are left and who got the others. Throws not_found. */
export async function listCodes(ctx: Ctx, campaignId: string, query: DiscountCodeQuery): Promise<DiscountCodePool> {
  await getCampaign(ctx, campaignId)
  const ofCampaign = and(eq(discountCodes.organizationId, ctx.organizationId), eq(discountCodes.campaignId, campaignId))
  const [at, last] = query.cursor ? decodeCursor(query.cursor, 2) : []
  const { createdAt, id } = discountCodes
  const before =
    at === undefined ? undefined : or(lt(createdAt, Number(at)), and(eq(createdAt, Number(at)), lt(id, String(last))))
  const state =
    query.state && (query.state === 'left' ? isNull(discountCodes.rewardId) : isNotNull(discountCodes.rewardId))
  const rows = await ctx.db
    .select({ code: discountCodes, contactId: rewards.contactId, contactName: contacts.name })
    .from(discountCodes)
    .leftJoin(rewards, eq(rewards.id, discountCodes.rewardId))
    .leftJoin(contacts, eq(contacts.id, rewards.contactId))
    .where(and(ofCampaign, state, before))
    .orderBy(desc(createdAt), desc(id))
    .limit(query.limit + 1)
  const sums = await ctx.db
    .select({ all: count(), given: count(discountCodes.rewardId) })
    .from(discountCodes)
    .where(ofCampaign)
    .get()
  const waiting = await ctx.db.select({ count: count() }).from(rewards).where(waitingForCode(ctx, campaignId)).get()
  const given = sums?.given ?? 0
  return {
    left: (sums?.all ?? 0) - given,
    given,
    waiting: waiting?.count ?? 0,
    ...cutPage(rows, query.limit, shownCode, ({ code }) => [code.createdAt, code.id]),
  }
}

const shownCode = (row: {
  code: typeof discountCodes.$inferSelect
  contactId: string | null
  contactName: string | null
}): ShownCode => ({
  id: row.code.id,
  code: row.code.code,
  givenTo: row.contactId === null ? null : { id: row.contactId, name: row.contactName ?? '' },
  givenAt: isoOrNull(row.code.givenAt),
  createdAt: iso(row.code.createdAt),
})
