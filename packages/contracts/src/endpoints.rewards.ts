import {
  AdjustCredit,
  CompleteRequest,
  ContactLedger,
  CreditBalance,
  CreditRequest,
  CreditRequestQuery,
  RedeemCredit,
  RefuseRequest,
} from './credit.ts'
import { endpoint, staff } from './endpoint.ts'
import { onlyId, PageQuery, page } from './primitives.ts'

/** What both sides get, and the credit it becomes. */
export const rewardEndpoints = {
  credit: {
    ledger: endpoint({
      method: 'GET',
      path: '/v1/contacts/:id/ledger',
      summary: 'Credit of a contact with every movement',
      access: staff('rewards:read'),
      params: onlyId('contact'),
      query: PageQuery,
      response: ContactLedger,
    }),
    adjust: endpoint({
      method: 'POST',
      path: '/v1/contacts/:id/adjust',
      summary: 'Add or take credit, with a note',
      access: staff('rewards:write'),
      params: onlyId('contact'),
      body: AdjustCredit,
      response: CreditBalance,
    }),
    redeem: endpoint({
      method: 'POST',
      path: '/v1/contacts/:id/redeem',
      summary: 'Record that credit was used',
      access: staff('rewards:write'),
      params: onlyId('contact'),
      body: RedeemCredit,
      response: CreditBalance,
    }),
  },
  creditRequests: {
    list: endpoint({
      method: 'GET',
      path: '/v1/credit-requests',
      summary: 'List requests to use credit',
      access: staff('rewards:read'),
      query: CreditRequestQuery,
      response: page(CreditRequest),
    }),
    complete: endpoint({
      method: 'POST',
      path: '/v1/credit-requests/:id/complete',
      summary: 'Done as asked: records the redemption and tells the contact',
      access: staff('rewards:write'),
      params: onlyId('creditRequest'),
      body: CompleteRequest,
      response: CreditRequest,
    }),
    refuse: endpoint({
      method: 'POST',
      path: '/v1/credit-requests/:id/refuse',
      summary: 'Not possible: the credit stays, and the contact is told why',
      access: staff('rewards:write'),
      params: onlyId('creditRequest'),
      body: RefuseRequest,
      response: CreditRequest,
    }),
  },
} as const
