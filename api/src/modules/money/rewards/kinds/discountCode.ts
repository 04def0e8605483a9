import { randomBytes } from 'node:crypto'
import { codeFrom, parseDiscount } from '@goodword/domain'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { prepared, preparedInsert } from '../../../../database/prepared.ts'
import type { Ctx } from '../../../../shared/context.ts'
import { membersToNotify } from '../../../platform/members/notices.ts'
import { queueMessage } from '../../../platform/messages/messages.ts'
import { getOrganization } from '../../../platform/organizations/organizations.ts'
import { searchAdded } from '../../../platform/search/changes.ts'
import { originOf } from '../origin.ts'
import { markIssued, type Reward } from '../reward.ts'
import { discountCodes, rewards } from '../rewards.table.ts'
import type { RewardKind } from './rewardKind.ts'

const nothing = async () => undefined

/** The condition of the index rewards_for_pool. */
const fromPool = sql`status = 'pending' AND needs_approval = 0 AND code_source = 'pool'`
/**
 * Steps from campaign to campaign, so that rewards for which there is no code are never read. The indexes are named: SQLite
 * knows nothing about one that is empty, and would rather read another index or every free code of every campaign.
 */
const readyForPool = prepared((db) =>
  db
    .select({ id: rewards.id, organizationId: rewards.organizationId })
    .from(rewards)
    .where(
      sql`${rewards.id} IN (
        WITH RECURSIVE campaign(id) AS (
          SELECT min(campaign_id) FROM rewards INDEXED BY rewards_for_pool WHERE ${fromPool}
          UNION ALL
          SELECT (SELECT min(campaign_id) FROM rewards INDEXED BY rewards_for_pool WHERE ${fromPool} AND campaign_id > campaign.id) FROM campaign WHERE campaign.id IS NOT NULL)
        SELECT due.id FROM campaign CROSS JOIN rewards due INDEXED BY rewards_for_pool WHERE due.campaign_id = campaign.id
          AND due.status = 'pending' AND due.needs_approval = 0 AND due.code_source = 'pool' AND due.available_at <= ${sql.placeholder('now')}
          AND EXISTS (SELECT 1 FROM discount_codes d INDEXED BY discount_codes_free WHERE d.campaign_id = campaign.id AND d.reward_id IS NULL)
        LIMIT ${sql.placeholder('limit')})`,
    )
    .orderBy(asc(rewards.availableAt))
    .prepare(),
)

/** A discount code, from the campaign's pool or generated when it is due. Once assigned, it stays with its owner. */
export const discountCode: RewardKind = {
  describe: ({ text, currency }, words) => {
    const discount = parseDiscount(text ?? '', currency)
    return discount ? words.discount(discount, currency) : (text ?? '')
  },
  isEarned: () => true,
  isBalance: false,
  waitsFor: 'code',
  invariants: [
    {
      invariant: 'An earned discount code is assigned to its reward, and to no other.',
      broken: `SELECT w.id FROM rewards w LEFT JOIN discount_codes k ON k.reward_id = w.id
        WHERE (w.kind <> 'discount_code' AND k.id IS NOT NULL)
          OR (w.kind = 'discount_code' AND w.status <> 'voided' AND (w.status = 'pending') <> (k.id IS NULL))`,
    },
  ],
  ready: (db, given) => readyForPool(db).all(given),
  create: nothing,
  async release(tx, reward) {
    const code = await assignCode(tx, reward)
    if (code === null) return null
    await markIssued(tx, reward)
    return { code }
  },
  spent: async () => 0,
  takeBack: nothing,
  reinstate: nothing,
}

const addRow = preparedInsert(discountCodes)
const attempts = 5

/** "K7P-R4MX": easy to read aloud and to type from paper. */
function readable(): string {
  const code = codeFrom(randomBytes(32))
  return `${code.slice(0, 3)}-${code.slice(3)}`
}

type Known = Pick<Reward, 'id' | 'campaignId' | 'sourceType' | 'sourceId' | 'codeSource'>

/**
 * Assigns a code to a reward, within the transaction that issues it: the oldest in the pool, or a new one. Returns null
 * if the pool is empty; staff are then notified, once per reward.
 */
async function assignCode(tx: Ctx, reward: Known): Promise<string | null> {
  if (reward.codeSource === 'generated') return generate(tx, reward)
  const free = and(
    eq(discountCodes.organizationId, tx.organizationId),
    eq(discountCodes.campaignId, reward.campaignId),
    isNull(discountCodes.rewardId),
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
      .set({ rewardId: reward.id, givenAt: tx.clock() })
      .where(and(free, eq(discountCodes.id, oldest.id)))
      .returning({ code: discountCodes.code })
    if (taken) return taken.code
  }
  await notifyCodesNeeded(tx, reward)
  return null
}

async function generate(tx: Ctx, reward: Known): Promise<string> {
  const { organizationId } = tx
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const code = readable()
    const [known] = await tx.db
      .select({ id: discountCodes.id })
      .from(discountCodes)
      .where(and(eq(discountCodes.organizationId, organizationId), eq(discountCodes.code, code)))
    if (known) continue
    const now = tx.clock()
    const id = tx.newId('discountCode')
    await addRow(tx.db, {
      id,
      organizationId,
      campaignId: reward.campaignId,
      code,
      rewardId: reward.id,
      createdAt: now,
      givenAt: now,
    })
    searchAdded(tx, 'discount_code', id)
    return code
  }
  throw new Error('No free discount code was found.')
}

async function notifyCodesNeeded(tx: Ctx, reward: Known): Promise<void> {
  const { campaignName } = await originOf(tx, reward)
  const organization = await getOrganization(tx, tx.organizationId)
  for (const member of await membersToNotify(tx)) {
    await queueMessage(tx, {
      organizationId: tx.organizationId,
      personId: member.personId,
      mentions: [],
      channel: 'email',
      to: member.email,
      name: member.name,
      template: 'codes_needed_staff',
      values: {
        organizationName: organization.name,
        campaignName,
        rewardsUrl: `${tx.config.publicUrl}/console/rewards?tab=codes&campaign=${reward.campaignId}`,
      },
      idempotencyKey: `reward:${reward.id}:codes_needed:${member.personId}`,
    })
  }
}
