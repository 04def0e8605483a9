import type { Readable } from 'node:stream'
import { packOrganization } from '../../../database/archive.ts'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { writeAudit } from './organizations.audit.ts'

/** The organization as a file, for an admin, as it is made. Throws forbidden. */
export async function downloadOrganization(ctx: Ctx): Promise<Readable> {
  assertAdmin(ctx)
  return takeAlong(ctx)
}

/**
 * The organization as the file that `organization unpack` brings in elsewhere. Who took it is noted before a byte leaves,
 * and the note is in the file.
 */
export async function takeAlong(ctx: Ctx): Promise<Readable> {
  const { organizationId } = ctx
  await transaction(ctx, (tx) => writeAudit(tx, { action: 'organization.packed', subjectId: organizationId, data: {} }))
  return packOrganization(ctx.database, organizationId, ctx.clock())
}
