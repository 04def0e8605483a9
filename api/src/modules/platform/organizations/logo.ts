import { createHash } from 'node:crypto'
import { type LogoType, logoLimits, type Organization, type UploadLogo } from '@goodword/contracts'
import { and, eq } from 'drizzle-orm'
import { type Ctx, type Services, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { parseImage } from './images.ts'
import { writeAudit } from './organizations.audit.ts'
import { logos, organizations } from './organizations.table.ts'
import { changeOrganization, getOrganization } from './organizations.ts'

/** Saves an image as the logo, replacing the previous one. Throws logo_invalid. */
export function setLogo(ctx: Ctx, { image }: UploadLogo): Promise<Organization> {
  const bytes = Buffer.from(image, 'base64')
  const contentType = checkedType(bytes)
  const logoHash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
  return transaction(ctx, async (tx) => {
    const kept = { contentType, bytes, createdAt: tx.clock() }
    const { organizationId } = tx
    await tx.db
      .insert(logos)
      .values({ organizationId, ...kept })
      .onConflictDoUpdate({ target: logos.organizationId, set: kept })
    return point(tx, logoHash, 'organization.logo_set')
  })
}

/** Removes the logo. Without one, nothing changes. */
export function removeLogo(ctx: Ctx): Promise<Organization> {
  return transaction(ctx, async (tx) => {
    const mine = eq(logos.organizationId, tx.organizationId)
    const removed = await tx.db.delete(logos).where(mine).returning({ id: logos.organizationId })
    return removed.length === 0 ? getOrganization(tx, tx.organizationId) : point(tx, null, 'organization.logo_removed')
  })
}

/** The image at one of our URLs; null if it is no longer the logo. */
export async function readLogo(
  services: Services,
  organizationId: string,
  hash: string,
): Promise<{ type: LogoType; bytes: Buffer } | null> {
  const [row] = await services.database.read
    .select({ type: logos.contentType, bytes: logos.bytes })
    .from(logos)
    .innerJoin(organizations, eq(organizations.id, logos.organizationId))
    .where(and(eq(logos.organizationId, organizationId), eq(organizations.logoHash, hash)))
  return row ?? null
}

async function point(
  tx: Ctx,
  logoHash: string | null,
  action: 'organization.logo_set' | 'organization.logo_removed',
): Promise<Organization> {
  await changeOrganization(tx, { logoHash })
  await writeAudit(tx, { action, subjectId: tx.organizationId })
  return getOrganization(tx, tx.organizationId)
}

function checkedType(bytes: Buffer): LogoType {
  if (bytes.length > logoLimits.bytes) throw refused('This picture is larger than 200 kB. Save it smaller.')
  const picture = parseImage(bytes)
  if (!picture) throw refused('This file is no PNG, JPEG or WebP picture. Export the logo as one of them.')
  const { width, height } = picture
  if (width > logoLimits.pixels || height > logoLimits.pixels)
    throw refused(`This picture is ${width} × ${height} pixels. Make it 2,000 × 2,000 or smaller.`)
  return picture.type
}

const refused = (message: string) =>
  new AppError('logo_invalid', { detail: message, errors: [{ path: 'image', message }] })
