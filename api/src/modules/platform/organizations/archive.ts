import { packOrganization } from '../../../database/archive.ts'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { writeAudit } from '../audit/audit.ts'

/** The organization as a file, for an admin. Throws forbidden. */
export async function downloadOrganization(ctx: Ctx): Promise<Uint8Array<ArrayBuffer>> {
  assertAdmin(ctx)
  return new Uint8Array(await takeAlong(ctx))
}

/**
 * The organization as the file that `organization unpack` brings in elsewhere. Who took it is noted before a byte leaves,
 * and the note is in the file.
 */
export async function takeAlong(ctx: Ctx): Promise<Buffer> {
  const { organizationId } = ctx
  await transaction(ctx, (tx) => writeAudit(tx, { action: 'organization.packed', subjectId: organizationId, data: {} }))
  return packOrganization(ctx.database, organizationId, ctx.clock())
}
