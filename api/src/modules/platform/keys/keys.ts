import { createHmac, randomBytes } from 'node:crypto'
import type { ApiKey, CreatedKey, CreateKey, Scope } from '@goodword/contracts'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { type Ctx, contextFor, type Services, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { isSameText } from '../../../shared/sameText.ts'
import { hashToken, newToken } from '../../../shared/signer.ts'
import { writeAudit } from './keys.audit.ts'
import { keys } from './keys.table.ts'

const usedEveryMs = 60_000
/** What a page shows a customer whom an identity key vouches for, and that it may enroll them. */
const identityScopes: readonly Scope[] = ['advocates:read', 'advocates:write', 'referrals:read', 'rewards:read']

/** Every key of the organization, oldest first, including revoked ones. */
export async function listKeys(ctx: Ctx): Promise<{ items: ApiKey[] }> {
  const rows = await ctx.db
    .select()
    .from(keys)
    .where(eq(keys.organizationId, ctx.organizationId))
    .orderBy(asc(keys.createdAt), asc(keys.id))
  return { items: rows.map(keyOf) }
}

/**
 * Creates a key. A secret is only ever shown in this response. A key can't create one with more scopes than its own.
 */
export function createKey(ctx: Ctx, input: CreateKey): Promise<CreatedKey> {
  const scopes = input.kind === 'secret' ? [...new Set(input.scopes)] : []
  if (input.kind === 'secret' && scopes.length === 0) {
    const message = 'Choose at least one part of the product this key may use.'
    throw new AppError('validation_failed', { detail: message, errors: [{ path: 'scopes', message }] })
  }
  const { actor } = ctx
  const reach = input.kind === 'identity' ? identityScopes : scopes
  const beyond = actor.type === 'key' ? reach.find((scope) => !actor.scopes.includes(scope)) : undefined
  if (beyond) throw new AppError('key_scope_missing', { detail: `This key does not have the scope ${beyond} itself.` })

  const mode = input.mode ?? 'live'
  if (mode === 'test' && input.kind !== 'publishable') {
    const message = 'A test key is for a web page; a secret key and an identity key are always live.'
    throw new AppError('validation_failed', { detail: message, errors: [{ path: 'mode', message }] })
  }
  return transaction(ctx, async (tx) => {
    const id = tx.newId('key')
    const key = newKey(tx, { id, kind: input.kind, mode })
    const row = {
      id,
      organizationId: tx.organizationId,
      kind: input.kind,
      mode,
      name: input.name,
      hash: hashToken(key),
      display: input.kind === 'publishable' ? key : `${key.slice(0, 7)}…${key.slice(-4)}`,
      scopes,
      createdAt: tx.clock(),
      lastUsedAt: null,
      revokedAt: null,
      expiresAt: null,
      replacedBy: null,
    }
    await tx.db.insert(keys).values(row)
    await writeAudit(tx, { action: 'key.created', subjectId: row.id, data: { kind: row.kind } })
    return { ...keyOf(row), key }
  })
}

type KeyToMake = Pick<typeof keys.$inferSelect, 'id' | 'kind' | 'mode'>

function newKey(services: Services, { id, kind, mode }: KeyToMake): string {
  if (kind === 'secret') return `sk_${newToken()}`
  if (kind === 'identity') return identitySecret(services, id)
  return `pk_${mode === 'test' ? 'test_' : ''}${randomBytes(18).toString('base64url')}`
}

/**
 * Verifying a signature takes the secret itself. It is derived from the installation's, so that like all others it is
 * stored as a hash, and neither the table of keys nor an archive can sign anything.
 */
const identitySecret = ({ signer }: Pick<Services, 'signer'>, id: string): string =>
  `ik_${signer.derive(`identity-key ${id}`)}`

/** Revokes a key immediately. Revoking it again changes nothing. Throws not_found. */
export function revokeKey(ctx: Ctx, id: string): Promise<ApiKey> {
  return transaction(ctx, async (tx) => {
    const mine = and(eq(keys.organizationId, tx.organizationId), eq(keys.id, id))
    const [revoked] = await tx.db
      .update(keys)
      .set({ revokedAt: tx.clock() })
      .where(and(mine, isNull(keys.revokedAt)))
      .returning()
    if (revoked) {
      await writeAudit(tx, { action: 'key.revoked', subjectId: id })
      return keyOf(revoked)
    }
    const [known] = await tx.db.select().from(keys).where(mine)
    if (!known) throw new AppError('not_found')
    return keyOf(known)
  })
}

/** Describes the key that the caller used. Throws not_found. */
export async function getKey(ctx: Ctx, id: string): Promise<ApiKey> {
  const [row] = await ctx.db
    .select()
    .from(keys)
    .where(and(eq(keys.organizationId, ctx.organizationId), eq(keys.id, id)))
  if (!row) throw new AppError('not_found')
  return keyOf(row)
}

/** Authenticates a secret key: it acts for its organization, within its scopes. Throws unauthenticated. */
export async function authenticateSecretKey(services: Services, secret: string): Promise<Ctx> {
  const row = await liveKey(services, secret, 'secret')
  if (!row) throw new AppError('unauthenticated', { detail: 'This key is unknown or was revoked.' })
  recordKeyUse(services, row)
  return contextFor(services, row.organizationId, { type: 'key', id: row.id, scopes: row.scopes })
}

/**
 * Authenticates a publishable key: the page acts as a friend, and with a test key nothing is stored. Allowed websites
 * are checked elsewhere. Throws unauthenticated.
 */
export async function authenticatePublishableKey(services: Services, key: string | undefined): Promise<Ctx> {
  const row = key ? await liveKey(services, key, 'publishable') : undefined
  if (!row)
    throw new AppError('unauthenticated', { detail: 'This key is not valid. Copy the snippet from Install again.' })
  recordKeyUse(services, row)
  return contextFor(services, row.organizationId, { type: 'friend', ...(row.mode === 'test' ? { test: true } : {}) })
}

/**
 * Whether an identity key of this organization signed this text: HMAC-SHA256 in base64url, with the whole key as its
 * secret. null if no such key is active.
 */
export async function isSignedByIdentityKey(
  ctx: Ctx,
  { keyId, signed, signature }: { keyId: string; signed: string; signature: string },
): Promise<boolean | null> {
  const [row] = await ctx.db
    .select()
    .from(keys)
    .where(and(eq(keys.organizationId, ctx.organizationId), eq(keys.id, keyId), eq(keys.kind, 'identity')))
  const secret = identitySecret(ctx, keyId)
  if (!row || !isLive(row, ctx.clock()) || row.hash !== hashToken(secret)) return null
  if (!isSameText(signature, createHmac('sha256', secret).update(signed).digest('base64url'))) return false
  recordKeyUse(ctx, row)
  return true
}

/**
 * Until when a publishable key that was just authenticated stays valid without being asked about again, as long as no key
 * is written to: then it expires, or its use has to be recorded. `services` read with the caller's queries.
 */
export async function publishableKeyUntil(services: Services, key: string): Promise<number> {
  const row = await liveKey(services, key, 'publishable')
  return row ? Math.min(row.expiresAt ?? Number.POSITIVE_INFINITY, (row.lastUsedAt ?? 0) + usedEveryMs) : 0
}

/** The publishable key in the snippet: the oldest live key that isn't revoked, or null. */
export async function snippetKey(ctx: Ctx): Promise<string | null> {
  const [row] = await ctx.db
    .select({ display: keys.display })
    .from(keys)
    .where(
      and(
        eq(keys.organizationId, ctx.organizationId),
        eq(keys.kind, 'publishable'),
        eq(keys.mode, 'live'),
        isNull(keys.revokedAt),
        isNull(keys.replacedBy),
      ),
    )
    .orderBy(asc(keys.createdAt), asc(keys.id))
    .limit(1)
  return row?.display ?? null
}

type KeyRow = typeof keys.$inferSelect

const keyByHash = prepared((db) =>
  db
    .select()
    .from(keys)
    .where(eq(keys.hash, sql.placeholder('hash')))
    .prepare(),
)

async function liveKey(services: Services, key: string, kind: KeyRow['kind']): Promise<KeyRow | undefined> {
  const row = await keyByHash(services.database.read).get({ hash: hashToken(key) })
  return row?.kind === kind && isLive(row, services.clock()) ? row : undefined
}

const isLive = (row: KeyRow, now: number): boolean =>
  row.revokedAt === null && (row.expiresAt === null || row.expiresAt > now)

/** Runs outside the request, so nobody waits for it. If it is lost, the next use records it. */
function recordKeyUse(services: Services, row: KeyRow): void {
  const now = services.clock()
  if (now - (row.lastUsedAt ?? 0) < usedEveryMs) return
  const written = services.database.write((tx) => tx.update(keys).set({ lastUsedAt: now }).where(eq(keys.id, row.id)))
  written.catch((error) => services.log.warn({ err: error }, 'could not record the use of a key'))
}

const keyOf = (row: KeyRow): ApiKey => ({
  id: row.id,
  kind: row.kind,
  mode: row.mode,
  name: row.name,
  display: row.display,
  scopes: row.scopes,
  createdAt: iso(row.createdAt),
  lastUsedAt: isoOrNull(row.lastUsedAt),
  revokedAt: isoOrNull(row.revokedAt),
  expiresAt: isoOrNull(row.expiresAt),
  replacedBy: row.replacedBy,
})
