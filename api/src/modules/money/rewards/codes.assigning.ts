import { randomBytes } from 'node:crypto'
import { codeFromPattern, codeKey, dayIn } from '@goodword/domain'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { preparedInsert } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { searchAdded } from '../../platform/search/changes.ts'
import { notifyCodesLow, notifyCodesNeeded } from './codes.notices.ts'
import { originOf } from './origin.ts'
import type { Reward } from './reward.ts'
import { discountCodes } from './rewards.table.ts'

const addRow = preparedInsert(discountCodes)
const attempts = 5

/** "K7P-R4MX": easy to read aloud and to type from paper. */
const usualPattern = '###-####'

export type CodeReward = Pick<Reward, 'id' | 'campaignId' | 'sourceType' | 'sourceId' | 'codeSource' | 'codePattern'>

/**
 * Assigns a code to a reward, within the transaction that issues it: the one it had if it was taken back and is given again, the
 * oldest usable one of the pool, or a new one. Returns null if none is left; staff are then notified, once per reward, and when few are left.
 */
export async function assignCode(tx: Ctx, reward: CodeReward): Promise<string | null> {
  const own = await codeOf(tx, reward.id)
  if (own !== null) return own
  if (reward.codeSource === 'generated') return generate(tx, reward)
  const { timeZone } = await getOrganization(tx, tx.organizationId)
  const now = tx.clock()
  const free = and(
    eq(discountCodes.organizationId, tx.organizationId),
    eq(discountCodes.campaignId, reward.campaignId),
    isNull(discountCodes.rewardId),
    isNull(discountCodes.overAt),
    sql`coalesce(${discountCodes.lastDay}, '9999') >= ${dayIn(timeZone, now)}`,
  )
  const [oldest] = await tx.db
    .select({ id: discountCodes.id })
    .from(discountCodes)
    .where(free)
    .orderBy(asc(discountCodes.createdAt), asc(discountCodes.id))
    .limit(1)
  if (oldest) {
    const [taken] = await tx.db
      .update(discountCodes)
      .set({ rewardId: reward.id, givenAt: now })
      .where(and(free, eq(discountCodes.id, oldest.id)))
      .returning({ code: discountCodes.code })
    if (taken) {
      const { campaignName: name } = await originOf(tx, reward)
      await notifyCodesLow(tx, { id: reward.campaignId, name }, { left: -1, given: 1 })
      return taken.code
    }
  }
  await notifyCodesNeeded(tx, reward)
  return null
}

async function codeOf(tx: Ctx, rewardId: string): Promise<string | null> {
  const [had] = await tx.db
    .select({ code: discountCodes.code })
    .from(discountCodes)
    .where(and(eq(discountCodes.organizationId, tx.organizationId), eq(discountCodes.rewardId, rewardId)))
  return had?.code ?? null
}

async function generate(tx: Ctx, reward: CodeReward): Promise<string> {
  const { organizationId } = tx
  const pattern = reward.codePattern ?? usualPattern
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const code = codeFromPattern(pattern, randomBytes(2 * pattern.length + 8))
    const key = codeKey(code)
    const [known] = await tx.db
      .select({ id: discountCodes.id })
      .from(discountCodes)
      .where(and(eq(discountCodes.organizationId, organizationId), eq(discountCodes.codeKey, key)))
    if (known) continue
    const now = tx.clock()
    const id = tx.newId('discountCode')
    await addRow(tx.db, {
      id,
      organizationId,
      campaignId: reward.campaignId,
      code,
      codeKey: key,
      lastDay: null,
      overAt: null,
      rewardId: reward.id,
      createdAt: now,
      givenAt: now,
    })
    searchAdded(tx, 'discount_code', id)
    return code
  }
  throw new Error('No free discount code was found.')
}
