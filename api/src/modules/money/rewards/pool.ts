import type { CodesUploaded, UploadCodes } from '@goodword/contracts'
import { type CodeList, checkCodes, codeKey, dayIn, withoutKnown } from '@goodword/domain'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { placeholdersOf, prepared } from '../../../database/prepared.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { ownRow } from '../../../shared/ownRow.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
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
 * already exist in the organization, in any case and with any spaces, or appear twice in the list, are skipped and returned.
 */
export function addCodes(ctx: Ctx, campaignId: string, input: UploadCodes): Promise<CodesUploaded> {
  return transaction(ctx, async (tx) => {
    const list = await checked(tx, input)
    const duplicates = list.duplicates.map(({ code }) => code)
    let added = 0
    for (const { code, lastDay } of list.codes) {
      const id = tx.newId('discountCode')
      const written = await addCode(tx.db).get({
        id,
        organizationId: tx.organizationId,
        campaignId,
        code,
        codeKey: codeKey(code),
        lastDay,
        overAt: null,
        rewardId: null,
        createdAt: tx.clock(),
        givenAt: null,
      })
      if (written) {
        added += 1
        searchAdded(tx, 'discount_code', id)
      } else duplicates.push(code)
    }
    const given = await assignToWaiting(tx, campaignId, added)
    await writeAudit(tx, { action: 'codes.uploaded', subjectId: campaignId, data: { added, given } })
    return { added, given, duplicates, ...refused(list) }
  })
}

/** What `addCodes` would answer now. Changes nothing. */
export async function previewCodes(ctx: Ctx, campaignId: string, input: UploadCodes): Promise<CodesUploaded> {
  const list = await checked(ctx, input)
  const keys = list.codes.map(({ code }) => codeKey(code))
  const known = await knownKeys(ctx.db).all({ organizationId: ctx.organizationId, keys: JSON.stringify(keys) })
  const { codes, duplicates } = withoutKnown(list, new Set(known.map(({ key }) => key ?? '')))
  const waiting = await ctx.db
    .select({ id: rewards.id })
    .from(rewards)
    .where(waitingForCode(ctx, campaignId))
    .limit(codes.length)
  return {
    added: codes.length,
    given: waiting.length,
    duplicates: duplicates.map(({ code }) => code),
    ...refused(list),
  }
}

const knownKeys = prepared((db) =>
  db
    .select({ key: discountCodes.codeKey })
    .from(discountCodes)
    .where(
      and(
        eq(discountCodes.organizationId, sql.placeholder('organizationId')),
        sql`${discountCodes.codeKey} IN (SELECT value FROM json_each(${sql.placeholder('keys')}))`,
      ),
    )
    .prepare(),
)

async function checked(ctx: Ctx, { codes, includeDamaged }: UploadCodes): Promise<CodeList> {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  const today = dayIn(timeZone, ctx.clock())
  const entries = codes.map((one, at) => {
    const { code, lastDay = null } = typeof one === 'string' ? { code: one } : one
    return { line: at + 1, code: code.replace(/^\uFEFF/, '').trim(), given: lastDay ?? '' }
  })
  return checkCodes(entries, today, { includeDamaged: includeDamaged === true })
}

const refused = ({ tooLong, damaged, over }: CodeList) => ({
  invalid: tooLong.map(({ code }) => code.slice(0, 100)),
  damaged: damaged.map(({ code }) => code.slice(0, 100)),
  over: over.map(({ code }) => code),
})

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
