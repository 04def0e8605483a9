import { packOrganization } from '../../database/archive.ts'
import { refuseUnlessAdmin } from '../../shared/admins.ts'
import { type Ctx, transaction } from '../../shared/context.ts'
import { writeAudit } from '../audit/audit.ts'

/**
 * The organization as the file that `organization unpack` brings in elsewhere. Who took it is noted before a byte leaves,
 * and the note is in the file. Throws forbidden.
 */
export async function downloadOrganization(ctx: Ctx): Promise<Uint8Array<ArrayBuffer>> {
  refuseUnlessAdmin(ctx)
  const { organizationId } = ctx
  await transaction(ctx, (tx) => writeAudit(tx, { action: 'organization.packed', subjectId: organizationId, data: {} }))
  return new Uint8Array(await packOrganization(ctx.database, organizationId, ctx.clock()))
}
