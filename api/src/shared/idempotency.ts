import { hash } from 'node:crypto'
import { idEnding } from '@goodword/contracts'
import { and, eq, gt, lt, or, sql } from 'drizzle-orm'
import { prepared, preparedInsert } from '../database/prepared.ts'
import { actorKey, type Ctx, type Services, transaction } from './context.ts'
import { AppError } from './errors.ts'
import { idempotencyRecords } from './idempotency.table.ts'

const retentionMs = 48 * 3_600_000

const recordByKey = prepared((db) =>
  db
    .select()
    .from(idempotencyRecords)
    .where(
      and(eq(idempotencyRecords.owner, sql.placeholder('owner')), eq(idempotencyRecords.key, sql.placeholder('key'))),
    )
    .prepare(),
)
const addRecord = preparedInsert(idempotencyRecords)

type Request = { key: string; method: string; path: string; body: string }
type Stored = { status: number; body: string }

/**
 * Runs a write once per key: the response is stored in the write's transaction, and retries get it again. The same key
 * with another request is idempotency_key_reused. A rejected write is not stored, so it may be retried.
 */
export async function withIdempotency(
  ctx: Ctx,
  request: Request,
  run: (ctx: Ctx) => Promise<Stored>,
): Promise<Stored & { repeated: boolean }> {
  const owner = `${ctx.organizationId}:${actorKey(ctx.actor)}`
  const requestHash = hash('sha256', `${request.method} ${request.path}\n${request.body}`, 'base64url')
  return transaction(ctx, async (tx) => {
    const known = await recordByKey(tx.db).get({ owner, key: request.key })
    if (known && known.requestHash !== requestHash) throw new AppError('idempotency_key_reused')
    if (known) return { status: known.status, body: known.body, repeated: true }
    const result = await run(tx)
    const about = idsIn(request)
    await addRecord(tx.db, { owner, key: request.key, requestHash, ...result, about, createdAt: tx.clock() })
    return { repeated: false, ...result }
  })
}

const anyId = new RegExp(`\\b[a-z]{3}${idEnding}\\b`, 'g')
const idsIn = ({ path, body }: Request): string[] => [...new Set(`${path} ${body}`.match(anyId))]

/**
 * Clears the stored responses about someone who is erased; a retry still changes nothing. Clears those whose request
 * named one of `ids`, those that contain one as an id (never as part of a text), and those sent to the contact
 * `ownedBy`.
 */
export async function eraseAnswersAbout(
  tx: Ctx,
  { ids, ownedBy }: { ids: readonly string[]; ownedBy?: string },
): Promise<void> {
  const { owner, body, about } = idempotencyRecords
  const wanted = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
  const holdsOne = sql`EXISTS (SELECT 1 FROM json_tree(CASE WHEN json_valid(${body}) THEN ${body} ELSE 'null' END) AS part
    WHERE part.type = 'text' AND (part.key = 'id' OR part.key GLOB '*Id') AND part.atom IN ${wanted})`
  const named = sql`EXISTS (SELECT 1 FROM json_each(${about}) AS part WHERE part.value IN ${wanted})`
  const own = ownedBy === undefined ? undefined : eq(owner, `${tx.organizationId}:contact:${ownedBy}`)
  // A range of the primary key: every key owner of this organization, and no other.
  const mine = and(gt(owner, `${tx.organizationId}:`), lt(owner, `${tx.organizationId};`))
  await tx.db
    .update(idempotencyRecords)
    .set({ body: '', status: 204 })
    .where(and(mine, or(own, named, holdsOne)))
}

const pruneBatch = 100

/** Deletes a batch of expired keys; they are kept for at least a day (SPEC §14). Returns how many. */
export const pruneIdempotencyAnswers = (services: Services): Promise<number> =>
  services.database.write(async (tx) => {
    const { key, createdAt } = idempotencyRecords
    const old = tx
      .select({ row: sql`rowid` })
      .from(idempotencyRecords)
      .where(lt(createdAt, services.clock() - retentionMs))
      .limit(pruneBatch)
    const gone = await tx.delete(idempotencyRecords).where(sql`rowid IN ${old}`).returning({ key })
    return gone.length
  })
