import type { CreditRequest, PortalRequest, UsePortalCredit } from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import { requestCredit, withdrawRequest } from '../../money/rewards/requests.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { advocateOf, assertSamePortal } from './account.ts'

/**
 * Requests to use credit in the organization's currency. Throws portal_moved, validation_failed, credit_insufficient.
 */
export async function usePortalCredit(ctx: Ctx, input: UsePortalCredit): Promise<PortalRequest> {
  const { organizationId, amount, use } = input
  assertSamePortal(ctx, organizationId)
  const { currency } = await getOrganization(ctx, ctx.organizationId)
  return shown(await requestCredit(ctx, { contactId: advocateOf(ctx), amount, use, currency }))
}

/** Throws not_found for somebody else's request, and request_closed for one already completed or rejected. */
export const withdrawPortalRequest = async (ctx: Ctx, id: string): Promise<PortalRequest> =>
  shown(await withdrawRequest(ctx, advocateOf(ctx), id))

const shown = ({ id, amount, currency, use, state, answer, createdAt, closedAt }: CreditRequest): PortalRequest => ({
  id,
  amount,
  currency,
  use,
  state,
  answer,
  at: createdAt,
  closedAt,
})
