import {
  adjustReward,
  issueReward,
  redeemCredit,
  releaseReward,
  reverseOf,
  reverseSpentReward,
  voidHeldReward,
} from '@goodword/domain'
import type { Ctx } from '../../../../shared/context.ts'
import { balanceIn, isPosted, lastTransferOf, postEntries, postingsOf } from '../../ledger/ledger.ts'
import { wasAdjusted } from '../adjustments.ts'
import { markUsedRewards } from '../redemption.ts'
import { entryOf, markIssued, type Reward } from '../reward.ts'
import type { RewardKind } from './rewardKind.ts'

/** Money in the ledger: held until it is released, then part of the owner's available credit. */
export const credit: RewardKind = {
  describe: ({ amount, currency }, words) => words.money(amount, currency),
  isEarned: (amount) => amount > 0,
  isBalance: true,
  waitsFor: null,
  invariants: [
    {
      invariant: 'Held credit equals the sum of pending rewards.',
      broken: `SELECT a.owner_id, a.currency, a.balance FROM ledger_accounts a WHERE a.kind = 'held' AND a.owner_type = 'contact' AND a.balance <>
        (SELECT coalesce(sum(r.amount), 0) FROM rewards r WHERE r.contact_id = a.owner_id AND r.currency = a.currency
          AND r.kind = 'credit' AND r.status = 'pending')`,
    },
    {
      invariant: 'Issued credit equals the sum of issued rewards.',
      broken: `SELECT w.id, w.status, w.amount FROM rewards w WHERE w.kind = 'credit' AND
        CASE w.status WHEN 'voided' THEN 0 ELSE w.amount END <> (SELECT coalesce(sum(
          CASE WHEN d.kind = 'rewards' THEN t.amount WHEN c.kind = 'rewards' THEN -t.amount ELSE 0 END), 0)
        FROM ledger_transfers t JOIN ledger_accounts d ON d.id = t.debit_account_id
        JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id)
        OR w.kind = 'credit' AND w.status <> 'voided' AND (w.status = 'pending') <> NOT EXISTS (SELECT 1 FROM ledger_transfers t
          JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id AND c.kind = 'available')`,
    },
    {
      invariant: 'A reward off its own job was redeemed there, to the cent.',
      broken: `SELECT w.id, w.status, w.amount FROM rewards w WHERE w.off_this_job AND (w.kind <> 'credit'
        OR w.status NOT IN ('redeemed', 'voided') OR CASE w.status WHEN 'voided' THEN 0 ELSE w.amount END <>
        (SELECT coalesce(sum(CASE WHEN c.kind = 'settlements' THEN t.amount WHEN d.kind = 'settlements' THEN -t.amount ELSE 0 END), 0)
        FROM ledger_transfers t JOIN ledger_accounts d ON d.id = t.debit_account_id
        JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id))`,
    },
  ],

  async create(tx, reward) {
    const issued = entryOf(reward.id, 'issued', issueReward({ held: reward.status === 'pending', ...reward }))
    // Both transfers are posted in one call, so no debt of the owner can be set off in between.
    const used = reward.offThisJob ? [entryOf(reward.id, 'redeemed', redeemCredit(reward))] : []
    const setOffs = await postEntries(tx, [issued, ...used])
    for (const { contactId, currency } of setOffs) await markUsedRewards(tx, contactId, currency)
  },

  async release(tx, reward) {
    if (!(await markIssued(tx, reward))) return null
    const setOffs = await postEntries(tx, [entryOf(reward.id, await releaseStep(tx, reward), releaseReward(reward))])
    for (const { contactId, currency } of setOffs) await markUsedRewards(tx, contactId, currency)
    return { code: null }
  },

  async spent(tx, reward) {
    // Credit that was never available can't have been used. A reward off the job itself is reversed with the job's
    // invoice.
    if (reward.status === 'pending' || reward.offThisJob) return 0
    const { available } = await balanceIn(tx, reward.contactId, reward.currency)
    return Math.max(0, reward.amount - available)
  },

  async takeBack(tx, reward) {
    await postReversal(tx, reward)
    if (reward.status !== 'pending') await markUsedRewards(tx, reward.contactId, reward.currency)
  },

  adjust: {
    async owed(ctx, reward, less) {
      if (reward.status === 'pending' || reward.offThisJob) return 0
      const { available } = await balanceIn(ctx, reward.contactId, reward.currency)
      return Math.max(0, less - available)
    },
    async change(tx, reward, { amount, key }) {
      const where = reward.offThisJob ? 'off_this_job' : reward.status === 'pending' ? 'held' : 'available'
      const { available } = await balanceIn(tx, reward.contactId, reward.currency)
      const postings = adjustReward(reward, amount - reward.amount, { where, usable: available })
      const entries = postings.map((posting, n) => entryOf(reward.id, `adjusted:${key}:${n}`, posting))
      const setOffs = await postEntries(tx, entries)
      for (const { contactId, currency } of setOffs) await markUsedRewards(tx, contactId, currency)
    },
  },

  async reinstate(tx, reward) {
    // Refers to the transfer that voided it, which can be undone once.
    const step = `reinstated:${await lastTransferOf(tx, reward.id)}`
    await postEntries(tx, [entryOf(reward.id, step, issueReward({ held: true, ...reward }))])
  },
}

/** One that was issued, voided and reinstated is released once more. */
async function releaseStep(tx: Ctx, { id }: Reward): Promise<string> {
  const isAgain = await isPosted(tx, `reward:${id}:released`)
  return isAgain ? `released:${await lastTransferOf(tx, id)}` : 'released'
}

/**
 * Takes credit back from the contact who has it now: by the mirror of each transfer or, if some of it was used, adjusted or
 * moved to another contact in a merge, by new transfers.
 */
async function postReversal(tx: Ctx, reward: Reward): Promise<void> {
  const posted = await postingsOf(tx, reward.id)
  const elsewhere = posted.some(({ posting }) =>
    [posting.debit, posting.credit].some(({ owner }) => owner.type === 'contact' && owner.id !== reward.contactId),
  )
  const { available } = await balanceIn(tx, reward.contactId, reward.currency)
  const short = reward.status !== 'pending' && available < reward.amount
  if (reward.offThisJob || (!elsewhere && !short && !(await wasAdjusted(tx, reward.id)))) {
    await postEntries(
      tx,
      posted
        .reverse()
        .map(({ id, posting }) => ({ ...entryOf(reward.id, `reversed:${id}`, reverseOf(posting)), reversesId: id })),
    )
    return
  }
  // A reward can be rejected, reinstated and voided again.
  const last = await lastTransferOf(tx, reward.id)
  const postings = reward.status === 'pending' ? [voidHeldReward(reward)] : reverseSpentReward(reward, available)
  await postEntries(
    tx,
    postings.map((posting, n) => entryOf(reward.id, `taken_back:${last}:${n}`, posting)),
  )
}
