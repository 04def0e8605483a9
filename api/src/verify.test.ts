import Libsql from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { jobDamages } from '../test/damages.jobs.ts'
import { leaderboardDamages } from '../test/damages.leaderboard.ts'
import { cardByHand, rewardDamages } from '../test/damages.rewards.ts'
import { searchDamages } from '../test/damages.search.ts'
import { createTestServices, createWorld, stranger, type TestServices } from '../test/harness.ts'
import { addTheirJob, askWithJobsOn } from '../test/organizations.jobs.ts'
import { databasePath } from './database/databasePath.ts'
import { completeRequest, requestCredit } from './modules/money/rewards/requests.ts'
import { convertReferral, reverseConversion } from './modules/surfaces/console/referrals.ts'
import { invariantsChecked, verify } from './verify.ts'

const withoutChecks = 'PRAGMA ignore_check_constraints = ON'
const withoutReferences = 'PRAGMA foreign_keys = OFF'
const unlocked = 'DROP TRIGGER ledger_transfers_no_update'

/** Damage done to the file behind the server's back, and the invariant it breaks. */
const damages: { invariant: string; by: string[] }[] = [
  ...jobDamages,
  ...rewardDamages,
  ...leaderboardDamages,
  ...searchDamages,
  {
    invariant: 'The contacts with outstanding credit are those with a balance, by its sum.',
    by: ['UPDATE contact_balances SET total = total + 1'],
  },
  {
    invariant: 'The changes of balances, by quarter of an hour, are those of the transfers.',
    by: ['UPDATE contact_balance_changes SET held = held + 1'],
  },
  {
    invariant: 'The contacts with outstanding credit are counted.',
    by: ['UPDATE contact_balance_totals SET contacts = contacts + 1'],
  },
  {
    invariant:
      'The rolled-up visits and referrals of campaigns, and the referrals of enrollments, equal the rows they count.',
    by: ["UPDATE rollups SET referrals = referrals + 1 WHERE unit = 'q'"],
  },
  {
    invariant:
      'The rolled-up conversions and amounts of campaigns equal the standing conversions, further jobs and their rewards.',
    by: ['UPDATE rollups SET friend_rewards = friend_rewards + 1'],
  },
  {
    invariant: 'What advocates earned, rolled up, equals the standing conversions, further jobs and their rewards.',
    by: ['UPDATE advocate_rollups SET rewards = rewards + 1'],
  },
  {
    invariant: 'The figures of an organization equal the sum over its campaigns.',
    by: [
      'UPDATE rollups SET visits = visits + 1 WHERE subject IN (SELECT id FROM rollup_subjects WHERE subject_id = organization_id)',
    ],
  },
  {
    invariant: 'The figures of a UTC day equal the sum over its quarters of an hour.',
    by: ["UPDATE rollups SET revenue = revenue + 1 WHERE unit = 'd'"],
  },
  {
    invariant: 'The kept counts of referrals are what counting them gives.',
    by: ["UPDATE referral_counts SET count = count + 1 WHERE status = 'converted'"],
  },
  {
    invariant: 'The kept counts of advocates are what counting them gives.',
    by: ['DELETE FROM enrollment_counts'],
  },
  {
    invariant: 'An enrollment counts its referrals, and those that are converted.',
    by: ['UPDATE enrollments SET converted_count = converted_count + 1'],
  },
  {
    invariant: 'A contact counts the referrals with them as the friend.',
    by: ['UPDATE contacts SET referred_count = referred_count + 1'],
  },
  {
    invariant: 'A contact counts their active enrollments.',
    by: ['UPDATE contacts SET enrollment_count = enrollment_count + 1'],
  },
  {
    invariant: 'A contact counts the open flags that name it as a possible duplicate.',
    by: ['UPDATE contacts SET duplicate_count = duplicate_count + 1'],
  },
  {
    invariant: 'Enrollments of merged contacts, and only those, are merged, and are archived.',
    by: ['UPDATE enrollments SET merged_at = created_at, archived_at = created_at'],
  },
  {
    invariant: 'The rewards of a campaign are counted and summed per tab.',
    by: ['UPDATE reward_counts SET amount = amount + 1'],
  },
  {
    invariant: 'Every campaign is checked for referrals to expire as soon as one can be due.',
    by: ['DELETE FROM campaign_expiry'],
  },
  {
    invariant: 'A referral has the date of its conversion.',
    by: ['UPDATE referrals SET converted_at = converted_at + 1'],
  },
  {
    invariant: 'The kept totals of the ledger are the sums of the accounts.',
    by: ["UPDATE ledger_totals SET balance = balance + 1 WHERE kind = 'held'"],
  },
  {
    invariant: 'The balances of an organization in a currency sum to zero.',
    by: ["UPDATE ledger_accounts SET balance = balance + 1 WHERE kind = 'available' AND balance > 0"],
  },
  {
    invariant: 'A balance is the sum of its transfers.',
    by: [
      "UPDATE ledger_accounts SET balance = balance + 1 WHERE kind = 'available' AND balance > 0",
      "UPDATE ledger_accounts SET balance = balance - 2 WHERE kind = 'rewards'",
    ],
  },
  {
    invariant: 'Every balance is within the bounds of its account kind: available and held credit are never negative.',
    by: [
      'DROP TRIGGER ledger_accounts_keep_bounds',
      "UPDATE ledger_accounts SET balance = -1 WHERE kind = 'available'",
    ],
  },
  {
    invariant: 'The account kinds and their bounds match this version.',
    by: ["INSERT INTO ledger_account_kinds VALUES ('held', 'company', NULL, NULL)"],
  },
  {
    invariant: 'The account kinds and their bounds match this version.',
    by: [
      withoutReferences,
      'DROP TRIGGER ledger_account_kinds_no_delete',
      "DELETE FROM ledger_account_kinds WHERE kind = 'owed'",
    ],
  },
  {
    invariant: 'Amounts are positive safe integers.',
    by: [withoutChecks, unlocked, 'UPDATE ledger_transfers SET amount = 1.5'],
  },
  {
    invariant: 'Both accounts of a transfer have its organization and currency.',
    by: [withoutReferences, unlocked, "UPDATE ledger_transfers SET currency = 'EUR'"],
  },
  {
    invariant: 'A transfer is reversed at most once, by an equal and opposite one.',
    by: [unlocked, 'UPDATE ledger_transfers SET amount = amount + 1 WHERE reverses_id IS NOT NULL'],
  },
  {
    invariant: 'Held credit equals the sum of pending rewards.',
    by: ["UPDATE rewards SET status = 'issued' WHERE status = 'pending'"],
  },
  {
    invariant: 'Issued credit equals the sum of issued rewards.',
    by: ["UPDATE rewards SET status = 'pending' WHERE status = 'issued'"],
  },
  {
    invariant: 'A friend converts once in a campaign, and every converted referral has its conversion.',
    by: ["UPDATE referrals SET status = 'converted' WHERE status = 'pending'"],
  },
  {
    invariant: 'A reward has a source of a known type.',
    by: ['DROP TRIGGER rewards_keep_source', "UPDATE rewards SET source_type = 'luck' WHERE status = 'issued'"],
  },
  {
    invariant: "A conversion's reward has its organization and campaign.",
    by: ["UPDATE rewards SET campaign_id = 'cam_another'"],
  },
  {
    invariant: 'The rewards of a conversion equal its frozen amounts.',
    by: ["UPDATE rewards SET amount = amount + 1 WHERE status = 'issued'"],
  },
  {
    invariant: 'Rewards of reversed referrals are voided, and those of converted ones are not.',
    by: ["UPDATE rewards SET status = 'issued' WHERE status = 'voided'"],
  },
  {
    invariant: 'Related rows belong to the same organization.',
    by: [withoutReferences, 'UPDATE referrals SET organization_id = (SELECT max(id) FROM organizations)'],
  },
  {
    invariant: 'An account belongs to its organization or to a contact of it.',
    by: [withoutReferences, 'UPDATE contacts SET organization_id = (SELECT max(id) FROM organizations)'],
  },
  {
    invariant: 'A contact who owes credit has none available.',
    by: [
      "INSERT INTO ledger_accounts SELECT 'acc_debt', organization_id, 'owed', owner_type, owner_id, currency, 0, created_at FROM ledger_accounts WHERE kind = 'available' AND balance > 0 LIMIT 1",
      "UPDATE ledger_accounts SET balance = -1 WHERE id = 'acc_debt'",
    ],
  },
  {
    invariant: 'A manual entry moved exactly its amount.',
    by: ['DROP TRIGGER credit_entries_keep_amounts', 'UPDATE credit_entries SET amount = amount - 1'],
  },
  {
    invariant: 'Completed requests, and only those, have a redemption.',
    by: ["UPDATE credit_requests SET state = 'refused'"],
  },
  {
    invariant: 'A reward off its own job was redeemed there, to the cent.',
    by: ["UPDATE rewards SET off_this_job = 1 WHERE kind = 'credit' AND side = 'friend'"],
  },
  {
    invariant: 'An earned discount code is assigned to its reward, and to no other.',
    by: ['UPDATE discount_codes SET reward_id = NULL'],
  },
  {
    invariant: 'A reward that needs approval has not been issued.',
    by: ["UPDATE rewards SET needs_approval = 1 WHERE status = 'issued'"],
  },
  {
    invariant: 'Exactly the waiting messages and deliveries are in the queue.',
    by: ["UPDATE queue SET subject_id = 'msg_gone' WHERE subject_id = (SELECT min(subject_id) FROM queue)"],
  },
  {
    invariant: 'A held queue row has at least one attempt.',
    by: [withoutChecks, "UPDATE queue SET holder = 'nobody'"],
  },
  { invariant: 'Every foreign key points to an existing row.', by: [withoutReferences, 'DELETE FROM enrollments'] },
  {
    invariant: 'The database file passes its integrity check.',
    by: [withoutChecks, unlocked, 'UPDATE ledger_transfers SET amount = -1'],
  },
  {
    invariant: 'Every id has the form of an id.',
    by: ["UPDATE contact_addresses SET id = replace(id, substr(id, 14, 1), 'undefined')"],
  },
  {
    invariant: 'Every time is a whole number of milliseconds, between 1900 and 2200.',
    by: ['UPDATE referrals SET updated_at = updated_at + 0.5'],
  },
]

describe('verify', () => {
  let test: TestServices
  /**
   * An issued, a held and a reversed reward; a pending referral; a friend's credit that was partly redeemed on request;
   * an assigned discount code; a gift card to deliver; and an ask.
   */
  beforeEach(async () => {
    test = await createTestServices()
    const { ctx, ...world } = await createWorld(test.services)
    const campaign = await world.campaign({ holdDays: 14 })
    const anna = await world.advocate(campaign.id)
    for (const after of ['keep', 'reverse', 'wait']) {
      const referral = await world.referral(anna.id)
      if (after === 'wait') continue
      await convertReferral(ctx, referral.id, { jobValue: 100_000, notify: false })
      if (after === 'reverse') await reverseConversion(ctx, referral.id, 'The job was canceled')
      const contactId = referral.friend.contactId ?? ''
      if (after === 'keep') {
        const asked = { contactId, amount: 500, currency: 'USD', use: 'next_invoice' } as const
        const { id } = await requestCredit(ctx, asked)
        await completeRequest(ctx, id, { note: 'applied to invoice 1042' })
      }
    }
    const discount = { type: 'percent', basisPoints: 2_000 } as const
    const friend = { kind: 'discount_code', discount, source: 'generated' } as const
    const other = await world.campaign({ friend, advocate: cardByHand })
    const marcus = await world.advocate(other.id, stranger('Marcus Tate'))
    const coded = await world.referral(marcus.id)
    await convertReferral(ctx, coded.id, { jobValue: 100_000, notify: false })
    await askWithJobsOn(ctx, anna.id)
    await addTheirJob((await createWorld(test.services, 'Other Pipes')).ctx)
  })
  afterEach(() => test.close())

  it('finds nothing in an undamaged database', async () => {
    expect(await verify(test.services.database.read)).toEqual([])
  })

  it('has a test here for each of its invariants', () => {
    expect(new Set(damages.map(({ invariant }) => invariant)).size).toBe(invariantsChecked)
  })

  it.each(damages)('reports a violation of: $invariant', async ({ invariant, by }) => {
    const connection = new Libsql(databasePath(test.services.config.databaseUrl) ?? '')
    for (const statement of by) connection.exec(statement)
    connection.close()
    const found = await verify(test.services.database.read)
    expect(found.map((finding) => finding.invariant)).toContain(invariant)
  })
})
