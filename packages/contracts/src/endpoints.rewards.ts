import { AdjustCredit, ContactLedger, CreditBalance, RedeemCredit } from './credit.ts'
import { endpoint, staff } from './endpoint.ts'
import { onlyId, PageQuery } from './primitives.ts'

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
} as const
