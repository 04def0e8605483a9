import { endpoints } from '@goodword/contracts'
import type { Router } from '../../shared/router.ts'
import { ledgerOfContact } from '../ledger/ledger.queries.ts'
import { adjustCredit, redeemCredit } from './credit.ts'
import { listCreditRequests } from './requests.queries.ts'
import { completeRequest, refuseRequest } from './requests.ts'

export const rewardRoutes = (router: Router) =>
  router
    .on(endpoints.credit.ledger, (ctx, { params, query }) => ledgerOfContact(ctx, params.id, query))
    .on(endpoints.credit.adjust, (ctx, { params, body }) => adjustCredit(ctx, params.id, body))
    .on(endpoints.credit.redeem, (ctx, { params, body }) => redeemCredit(ctx, params.id, body))
    .on(endpoints.creditRequests.list, (ctx, { query }) => listCreditRequests(ctx, query))
    .on(endpoints.creditRequests.complete, (ctx, { params, body }) => completeRequest(ctx, params.id, body))
    .on(endpoints.creditRequests.refuse, (ctx, { params, body }) => refuseRequest(ctx, params.id, body))
