import type { PortalExport } from '@goodword/contracts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { erasePerson } from '../person/erasing.ts'
import { exportPerson } from '../person/export.ts'
import { advocateOf, assertSamePortal, portalAccount } from './account.ts'

/** Everything the organization keeps about the person who asks. */
export const exportPortalPerson = async (ctx: Ctx): Promise<PortalExport> =>
  exportPerson(ctx, advocateOf(ctx), await portalAccount(ctx))

/** The person asks for it, so that no admin has to: everything that says who they are goes, every sum stays. Throws portal_moved. */
export const erasePortalPerson = (ctx: Ctx, organizationId: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    assertSamePortal(tx, organizationId)
    await erasePerson(tx, advocateOf(tx))
  })
