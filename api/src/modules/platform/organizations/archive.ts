import type { Readable } from 'node:stream'
import { packOrganization } from '../../../database/archive.ts'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { writeAudit } from './organizations.audit.ts'

/** Streams the organization's archive to an admin. Throws forbidden. */
export async function downloadOrganization(ctx: Ctx): Promise<Readable> {
  assertAdmin(ctx)
  return exportArchive(ctx)
}

/**
 * Creates the archive that `organization unpack` imports elsewhere. The audit entry is written before the first byte is
 * sent, so the archive contains it.
 */
export async function exportArchive(ctx: Ctx): Promise<Readable> {
  const { organizationId } = ctx
  await transaction(ctx, (tx) => writeAudit(tx, { action: 'organization.packed', subjectId: organizationId, data: {} }))
  return packOrganization(ctx.database, organizationId, ctx.clock())
}
