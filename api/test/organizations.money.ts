import { issueReward, redeemCredit } from '@goodword/domain'
import * as ledger from '../src/modules/money/ledger/ledger.ts'
import * as approvals from '../src/modules/money/rewards/approvals.ts'
import * as credit from '../src/modules/money/rewards/credit.ts'
import { kinds } from '../src/modules/money/rewards/kinds/kinds.ts'
import * as origin from '../src/modules/money/rewards/origin.ts'
import * as pool from '../src/modules/money/rewards/pool.ts'
import * as used from '../src/modules/money/rewards/redemption.ts'
import * as reinstate from '../src/modules/money/rewards/reinstate.ts'
import * as release from '../src/modules/money/rewards/release.ts'
import * as requestQueries from '../src/modules/money/rewards/requests.queries.ts'
import * as requests from '../src/modules/money/rewards/requests.ts'
import * as oneReward from '../src/modules/money/rewards/reward.ts'
import { rewards as rewardsTable } from '../src/modules/money/rewards/rewards.table.ts'
import * as rewards from '../src/modules/money/rewards/rewards.ts'
import * as voiding from '../src/modules/money/rewards/voiding.ts'
import * as codePool from '../src/modules/program/campaigns/codePool.ts'
import * as conversionQueries from '../src/modules/program/conversions/conversions.queries.ts'
import * as conversions from '../src/modules/program/conversions/conversions.ts'
import * as decision from '../src/modules/program/conversions/decision.ts'
import * as erasing from '../src/modules/program/conversions/erasing.ts'
import * as overriding from '../src/modules/program/conversions/overriding.ts'
import * as preview from '../src/modules/program/conversions/preview.ts'
import * as reinstating from '../src/modules/program/conversions/reinstating.ts'
import * as reversal from '../src/modules/program/conversions/reversal.ts'
import * as referrals from '../src/modules/program/referrals/referrals.ts'
import * as ledgerQueries from '../src/modules/surfaces/console/ledger.queries.ts'
import * as poolQueries from '../src/modules/surfaces/console/pool.queries.ts'
import * as rewardQueries from '../src/modules/surfaces/console/rewards.queries.ts'
import { deliveryAttempts, deliveryRooms } from './organizations.deliveries.ts'
import {
  adjustingAttempts,
  adjustingRoom,
  earningConversionAttempts,
  earningConversionRoom,
  earningRoom,
} from './organizations.earning.ts'
import { ledgerPeopleAttempts, peopleRooms, rewardPeopleAttempts } from './organizations.people.ts'
import { type Attempt, asked, at, page, within } from './organizations.world.ts'

const frozen = {
  enrollmentId: null,
  side: 'friend',
  kind: 'credit',
  text: null,
  amount: 100,
  currency: 'USD',
  offThisJob: false,
  codeSource: null,
} as const

/** The verbs of each kind, named like "credit.takeBack". */
const kindVerbs = Object.fromEntries(
  Object.entries(kinds).flatMap(([name, { create, release, spent, takeBack, reinstate }]) =>
    Object.entries({ create, release, spent, takeBack, reinstate }).map(([verb, run]) => [`${name}.${verb}`, run]),
  ),
)

const kindAttempts = Object.fromEntries(
  Object.entries(kindVerbs).map(([name, run]): [string, Attempt] => [
    name,
    (ctx, { reward }) => within(ctx, async (tx) => run(tx, { ...reward, codeSource: 'generated' })),
  ]),
)

/** Conversions, rewards, redemptions and ledger entries, each called with ids of another organization. */
export const conversionAttempts: Record<string, Attempt> = {
  convertReferral: (ctx, { pending }) => conversions.convertReferral(ctx, pending.id, { jobValue: 1, notify: false }),
  findConversion: (ctx, { converted }) => conversions.findConversion(ctx, converted.id),
  previewConversion: (ctx, { pending }) => preview.previewConversion(ctx, pending.id, { jobValue: 1 }),
  reverseConversion: (ctx, { converted }) => reversal.reverseConversion(ctx, converted.id, 'Not mine'),
  decideConversion: (ctx, { record }) => decision.decideConversion(ctx, referrals.attributed(record), { jobValue: 1 }),
  countConverted: async (ctx, { advocate }) => (await conversionQueries.countConverted(ctx, advocate.id, 0)).ever,
  termsOfPair: (ctx, { record }) => decision.termsOfPair(ctx, referrals.attributed(record)),
  reinstateReward: (ctx, { reward }) => reinstating.reinstateReward(ctx, reward.id, { reason: 'Mine', notify: true }),
  overrideReward: (ctx, { reward }) =>
    overriding.overrideReward(ctx, reward.id, { status: 'voided', reason: 'Mine', confirmOwed: false, notify: true }),
  rewardOrigin: (ctx, { reward }) => conversionQueries.rewardOrigin(ctx, reward.sourceId),
  eraseReferral: (ctx, { converted }) => within(ctx, (tx) => erasing.eraseReferral(tx, converted.id)),
  conversionsOfFriend: (ctx, { conversion }) => conversionQueries.conversionsOfFriend(ctx, conversion.friendContactId),
  ...earningConversionAttempts,
  hasLaterConversion: (ctx, { conversion }) =>
    conversionQueries.hasLaterConversion(ctx, { enrollmentId: conversion.enrollmentId, nth: 0 }),
  isErased: (ctx, { enrollment }) => decision.isErased(ctx, { ...enrollment, archivedAt: 1 }),
  originOfFurtherJob: (ctx, { job }) => conversionQueries.originOfFurtherJob(ctx, job.job.id),
  eraseReasonsOfConversion: (ctx, { conversion }) =>
    within(ctx, (tx) => erasing.eraseReasonsOfConversion(tx, conversion.id)),
  firstStanding: (ctx, { conversion }) => decision.firstStanding(ctx, conversion.friendContactId),
}

export const rewardAttempts: Record<string, Attempt> = {
  ...adjustingAttempts,
  ...rewardPeopleAttempts,
  ...deliveryAttempts,
  ...kindAttempts,
  createReward: (ctx, { conversion, campaign }) =>
    within(ctx, (tx) =>
      rewards.createReward(tx, {
        ...frozen,
        source: { type: 'conversion', id: conversion.id },
        campaignId: campaign.id,
        contactId: conversion.friendContactId,
        availableAt: at,
        needsApproval: false,
      }),
    ),
  voidRewards: (ctx, { conversion }) =>
    within(ctx, (tx) =>
      voiding.voidRewards(tx, [{ type: 'conversion', id: conversion.id }], { reason: 'Mine', confirmOwed: true }),
    ),
  getReward: (ctx, { reward }) => rewards.getReward(ctx, reward.id),
  markIssued: (ctx, { reward }) => within(ctx, (tx) => oneReward.markIssued(tx, reward)),
  originOf: (ctx, { reward }) => origin.originOf(ctx, reward),
  release: (ctx, { reward }) => within(ctx, (tx) => release.release(tx, reward.id)),
  notifyCard: (ctx, { reward }) =>
    within(ctx, (tx) => release.notifyCard(tx, reward, 'told', { code: 'MINE', link: null })),
  messageBase: (ctx, { reward }) => within(ctx, (tx) => release.messageBase(tx, reward, 'told')),
  approveRewards: (ctx, { reward }) => approvals.approveRewards(ctx, [reward.id]),
  rejectRewards: (ctx, { reward }) => approvals.rejectRewards(ctx, { ids: [reward.id], reason: 'Mine', notify: true }),
  reinstate: (ctx, { reward }) => within(ctx, (tx) => reinstate.reinstate(tx, reward, 'Mine')),
  fulfillReward: (ctx, { reward }) => approvals.fulfillReward(ctx, reward.id),
  uploadCodes: (ctx, { campaign }) => codePool.uploadCodes(ctx, campaign.id, { codes: ['MINE'] }),
  addCodes: (ctx, { campaign }) => pool.addCodes(ctx, campaign.id, { codes: ['MINE'] }),
  previewUpload: (ctx, { campaign }) => codePool.previewUpload(ctx, campaign.id, { codes: ['MINE'] }),
  previewCodes: async (ctx, { campaign }) =>
    (await pool.previewCodes(ctx, campaign.id, { codes: ['MINE', 'MINE-2'] })).given,
  listCodes: (ctx, { campaign }) => poolQueries.listCodes(ctx, campaign.id, page),
  waitingForCode: async (ctx, { campaign }) =>
    ctx.db.select().from(rewardsTable).where(pool.waitingForCode(ctx, campaign.id)),
  listPools: async (ctx) => (await poolQueries.listPools(ctx)).items,
  loadReward: (ctx, { reward }) => rewardQueries.loadReward(ctx, reward.id),
  listRewards: (ctx, { campaign }) =>
    rewardQueries.listRewards(ctx, { ...page, tab: 'waiting', campaignId: campaign.id }),
  summarizeRewards: async (ctx, { campaign }) =>
    (await rewardQueries.summarizeRewards(ctx, { campaignId: campaign.id })).waiting,
  paidToAdvocate: async (ctx, { advocate }) =>
    (await rewards.paidToAdvocate(ctx, { enrollmentId: advocate.id, caps: { total: 1 }, yearStart: 0, monthStart: 0 }))
      .ever,
  paidInCampaign: (ctx, { campaign }) => rewards.paidInCampaign(ctx, campaign.id),
  adjustCredit: (ctx, { advocate }) => credit.adjustCredit(ctx, advocate.contactId, { amount: 1, note: 'Mine' }),
  redeemCredit: (ctx, { advocate }) => credit.redeemCredit(ctx, advocate.contactId, { amount: 1, note: 'Mine' }),
  addOpeningCredit: (ctx, { advocate }) =>
    within(ctx, (tx) =>
      credit.addOpeningCredit(tx, { contactId: advocate.contactId, amount: 1, currency: 'USD', note: 'Mine' }),
    ),
  reverseOpening: (ctx, { openingId }) => within(ctx, (tx) => credit.reverseOpening(tx, openingId)),
  markUsedRewards: (ctx, { advocate }) => within(ctx, (tx) => used.markUsedRewards(tx, advocate.contactId, 'USD')),
  requestCredit: (ctx, { conversion }) =>
    requests.requestCredit(ctx, { contactId: conversion.friendContactId, ...asked }),
  withdrawRequest: (ctx, { conversion, request }) =>
    requests.withdrawRequest(ctx, conversion.friendContactId, request.id),
  completeRequest: (ctx, { request }) => requests.completeRequest(ctx, request.id, { note: 'Mine' }),
  rejectRequest: (ctx, { request }) => requests.rejectRequest(ctx, request.id, { answer: 'Mine' }),
  loadRequest: (ctx, { request }) => requestQueries.loadRequest(ctx, request.id),
  requestsOf: (ctx, { conversion }) => requestQueries.requestsOf(ctx, conversion.friendContactId),
  listCreditRequests: (ctx) => requestQueries.listCreditRequests(ctx, { ...page, state: 'open' }),
}

export const ledgerAttempts: Record<string, Attempt> = {
  ...ledgerPeopleAttempts,
  postEntries: (ctx, { advocate }) =>
    within(ctx, async (tx) => {
      const { organizationId } = tx
      const move = { organizationId, contactId: advocate.contactId, amount: 1, currency: 'USD' } as const
      for (const posting of [issueReward({ ...move, held: false }), redeemCredit(move)]) {
        const refersTo = { type: 'contact', id: advocate.contactId } as const
        await ledger.postEntries(tx, [{ ...posting, refersTo, idempotencyKey: posting.code }])
      }
    }),
  balancesOfContact: (ctx, { advocate }) => ledger.balancesOfContact(ctx, advocate.contactId),
  lastTransferOf: (ctx, { reward }) => ledger.lastTransferOf(ctx, reward.id),
  postingsOf: (ctx, { advocate }) => ledger.postingsOf(ctx, advocate.contactId),
  balanceIn: async (ctx, { advocate }) => (await ledger.balanceIn(ctx, advocate.contactId, 'USD')).held,
  isPosted: (ctx, { openingId }) => ledger.isPosted(ctx, `credit_entry:${openingId}`),
  ledgerOfContact: (ctx, { advocate }) => ledgerQueries.ledgerOfContact(ctx, advocate.contactId, page),
}

export const moneyRooms = {
  earning: earningRoom,
  conversions: [
    conversions,
    decision,
    preview,
    reversal,
    reinstating,
    overriding,
    conversionQueries,
    erasing,
    ...earningConversionRoom,
  ],
  rewards: [
    ...adjustingRoom,
    ...peopleRooms.rewards,
    ...deliveryRooms,
    oneReward,
    rewards,
    kindVerbs,
    rewardQueries,
    approvals,
    reinstate,
    origin,
    codePool,
    credit,
    pool,
    poolQueries,
    release,
    requests,
    requestQueries,
    voiding,
    used,
  ],
  ledger: [ledger, ledgerQueries, ...peopleRooms.ledger],
}
