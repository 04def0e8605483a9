import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { approveRewards, rejectRewards } from '../../money/rewards/approvals.ts'
import { adjustCredit, redeemCredit } from '../../money/rewards/credit.ts'
import { listCardChoices } from '../../money/rewards/giftCards/choices.ts'
import {
  checkGiftCards,
  disconnectGiftCards,
  getGiftCardAccount,
  setGiftCardAccount,
} from '../../money/rewards/giftCards/settings.ts'
import { listCreditRequests } from '../../money/rewards/requests.queries.ts'
import { completeRequest, rejectRequest } from '../../money/rewards/requests.ts'
import { previewUpload, uploadCodes } from '../../program/campaigns/codePool.ts'
import { listToDeliver } from './deliveries.queries.ts'
import { ledgerOfContact } from './ledger.queries.ts'
import { listCodes, listPools } from './pool.queries.ts'
import { listRewards, loadReward, summarizeRewards } from './rewards.queries.ts'
import {
  changeDeliveryDay,
  deliverReward,
  fulfillReward,
  overrideReward,
  reinstateReward,
  retryDelivery,
} from './rewards.ts'

export const rewardRoutes = (router: Router) =>
  router
    .on(endpoints.rewards.list, (ctx, { query }) => listRewards(ctx, query))
    .on(endpoints.rewards.summary, (ctx, { query }) => summarizeRewards(ctx, query))
    .on(endpoints.rewards.approve, (ctx, { body }) => approveRewards(ctx, body.ids))
    .on(endpoints.rewards.refuse, (ctx, { body }) => rejectRewards(ctx, body))
    .on(endpoints.rewards.toDeliver, (ctx, { query }) => listToDeliver(ctx, query))
    .on(endpoints.rewards.get, (ctx, { params }) => loadReward(ctx, params.id))
    .on(endpoints.rewards.fulfill, (ctx, { params }) => fulfillReward(ctx, params.id))
    .on(endpoints.rewards.deliver, (ctx, { params, body }) => deliverReward(ctx, params.id, body))
    .on(endpoints.rewards.retryDelivery, (ctx, { params, body }) => retryDelivery(ctx, params.id, body))
    .on(endpoints.rewards.changeDelivery, (ctx, { params, body }) => changeDeliveryDay(ctx, params.id, body))
    .on(endpoints.rewards.override, (ctx, { params, body }) => overrideReward(ctx, params.id, body))
    .on(endpoints.giftCards.get, (ctx) => getGiftCardAccount(ctx))
    .on(endpoints.giftCards.set, (ctx, { body }) => setGiftCardAccount(ctx, body))
    .on(endpoints.giftCards.choices, (ctx) => listCardChoices(ctx))
    .on(endpoints.giftCards.check, (ctx) => checkGiftCards(ctx))
    .on(endpoints.giftCards.disconnect, (ctx) => disconnectGiftCards(ctx))
    .on(endpoints.rewards.reinstate, (ctx, { params, body }) => reinstateReward(ctx, params.id, body))
    .on(endpoints.discountCodes.pools, (ctx) => listPools(ctx))
    .on(endpoints.discountCodes.list, (ctx, { params, query }) => listCodes(ctx, params.id, query))
    .on(endpoints.discountCodes.preview, (ctx, { params, body }) => previewUpload(ctx, params.id, body))
    .on(endpoints.discountCodes.upload, (ctx, { params, body }) => uploadCodes(ctx, params.id, body))
    .on(endpoints.credit.ledger, (ctx, { params, query }) => ledgerOfContact(ctx, params.id, query))
    .on(endpoints.credit.adjust, (ctx, { params, body }) => adjustCredit(ctx, params.id, body))
    .on(endpoints.credit.redeem, (ctx, { params, body }) => redeemCredit(ctx, params.id, body))
    .on(endpoints.creditRequests.list, (ctx, { query }) => listCreditRequests(ctx, query))
    .on(endpoints.creditRequests.complete, (ctx, { params, body }) => completeRequest(ctx, params.id, body))
    .on(endpoints.creditRequests.refuse, (ctx, { params, body }) => rejectRequest(ctx, params.id, body))
