import type { ConnectionKind } from '@goodword/contracts'
import { newSecret } from '@goodword/webhooks'
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { actorKey, type Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { seal, unseal } from '../../../shared/sealing.ts'
import { hashToken, newToken } from '../../../shared/signer.ts'
import { connectionSecrets } from './connections.table.ts'

/** How long a replaced secret keeps working. */
const overlapMs = 24 * 3_600_000

/** Systems that make the secret themselves and show it. */
const makesOwn: readonly ConnectionKind[] = ['stripe', 'shopify']
export const isGivenSecret = (kind: ConnectionKind): boolean => makesOwn.includes(kind)

/** A new secret for a kind. */
function makeSecret(kind: ConnectionKind): string {
  if (kind === 'token') return `gwt_${newToken()}`
  return kind === 'woocommerce' ? newToken() : newSecret()
}

export const purposeOfSecret = ({ organizationId, id }: { organizationId: string; id: string }): string =>
  `connection secret ${organizationId} ${id}`

type Kept = { organizationId: string; id: string; kind: ConnectionKind; secret: string }

/** A token only has to be compared, so its hash is enough. */
const keep = ({ signer }: Ctx, { kind, secret, ...row }: Kept): string =>
  kind === 'token' ? hashToken(secret) : seal(signer, purposeOfSecret(row), secret)

const open = ({ signer }: Ctx, { kind, secret, ...row }: Kept): string | null =>
  kind === 'token' ? secret : unseal(signer, purposeOfSecret(row), secret)

const ofConnection = prepared((db) =>
  db
    .select()
    .from(connectionSecrets)
    .where(
      and(
        eq(connectionSecrets.organizationId, sql.placeholder('organizationId')),
        eq(connectionSecrets.connectionId, sql.placeholder('connectionId')),
      ),
    )
    .orderBy(asc(connectionSecrets.id))
    .prepare(),
)

/** A secret that works. `secret` is a token's hash, and null where it can't be read: sealed by another installation. */
export type WorkingSecret = Omit<typeof connectionSecrets.$inferSelect, 'secret'> & { secret: string | null }
type Owner = { id: string; kind: ConnectionKind }

/** The secrets of a connection, the newest last, also those that have ended. */
export async function secretsOf(ctx: Ctx, { id: connectionId, kind }: Owner): Promise<WorkingSecret[]> {
  const rows = await ofConnection(ctx.db).all({ organizationId: ctx.organizationId, connectionId })
  return rows.map((row) => ({ ...row, secret: open(ctx, { ...row, kind }) }))
}

export const worksAt =
  (now: number) =>
  ({ endsAt }: WorkingSecret): boolean =>
    endsAt === null || endsAt > now

/** Those that work now. */
export const workingSecrets = async (ctx: Ctx, owner: Owner): Promise<WorkingSecret[]> =>
  (await secretsOf(ctx, owner)).filter(worksAt(ctx.clock()))

/**
 * Adds a secret to a connection and returns it if it was made here; the one before works for a day. Throws secret_needed
 * where the other system makes it, validation_failed for one that can't be used.
 */
export async function addSecret(tx: Ctx, connection: Owner, given: string | undefined): Promise<string | null> {
  if (given === undefined && isGivenSecret(connection.kind)) throw new AppError('secret_needed')
  if (given !== undefined) assertUsable(connection.kind, given)
  const secret = given ?? makeSecret(connection.kind)
  const mine = and(
    eq(connectionSecrets.organizationId, tx.organizationId),
    eq(connectionSecrets.connectionId, connection.id),
  )
  const now = tx.clock()
  await tx.db.delete(connectionSecrets).where(and(mine, sql`${connectionSecrets.endsAt} IS NOT NULL`))
  const unreadable = (await workingSecrets(tx, connection)).flatMap((row) => (row.secret === null ? [row.id] : []))
  await tx.db.delete(connectionSecrets).where(and(mine, inArray(connectionSecrets.id, unreadable)))
  await tx.db
    .update(connectionSecrets)
    .set({ endsAt: now + overlapMs })
    .where(and(mine, isNull(connectionSecrets.endsAt)))
  const row = { id: tx.newId('connectionSecret'), organizationId: tx.organizationId }
  await tx.db.insert(connectionSecrets).values({
    ...row,
    connectionId: connection.id,
    secret: keep(tx, { ...row, kind: connection.kind, secret }),
    isPlain: false,
    createdBy: actorKey(tx.actor),
    createdAt: now,
    endsAt: null,
  })
  return given === undefined ? secret : null
}

/** The key of Standard Webhooks is what stands in base64 after "whsec_". */
function assertUsable(kind: ConnectionKind, secret: string): void {
  if (kind !== 'standard_webhooks') return
  const bytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  if (/^(?:whsec_)?[A-Za-z0-9+/]+={0,2}$/.test(secret) && bytes.length >= 24 && bytes.length <= 64) return
  const message = 'Use whsec_ and 24 to 64 bytes in base64, or leave it out to get one.'
  throw new AppError('validation_failed', { detail: message, errors: [{ path: 'secret', message }] })
}

/** Removes every secret: nothing that is sent is accepted anymore. */
export async function dropSecrets(tx: Ctx, connectionId: string): Promise<void> {
  await tx.db
    .delete(connectionSecrets)
    .where(
      and(eq(connectionSecrets.organizationId, tx.organizationId), eq(connectionSecrets.connectionId, connectionId)),
    )
}
