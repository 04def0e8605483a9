import { type Ctx, transaction } from '../../../shared/context.ts'
import { eraseContactRows } from '../../people/contacts/erasing.ts'
import { advocateOf, assertNoOtherReferral } from './account.ts'

/** The person asks for it, so that no admin has to: everything that says who they are goes, every sum stays. Throws portal_moved. */
export const erasePerson = (ctx: Ctx, organizationId: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    assertNoOtherReferral(tx, organizationId)
    await eraseContactRows(tx, advocateOf(tx))
  })
