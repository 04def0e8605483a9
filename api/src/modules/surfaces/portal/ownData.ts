import type { Readable } from 'node:stream'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { erasePerson } from '../person/erasing.ts'
import { exportPerson } from '../person/export.ts'
import { advocateOf, assertSamePortal, portalAccount } from './account.ts'

/** Everything the organization stores about the caller. */
export const exportPortalPerson = async (ctx: Ctx): Promise<Readable> =>
  exportPerson(ctx, advocateOf(ctx), await portalAccount(ctx))

/**
 * Erases the caller's data at their own request, without an admin: everything that identifies them is deleted, and
 * every sum stays. Throws portal_moved.
 */
export const erasePortalPerson = (ctx: Ctx, organizationId: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    assertSamePortal(tx, organizationId)
    await erasePerson(tx, advocateOf(tx))
  })
