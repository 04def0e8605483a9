import { normalizeEmail } from '@goodword/domain'
import { and, eq, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { placeholdersOf, prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { createMac } from '../../../shared/signer.ts'
import { suppressionKeyOf } from './audience.queries.ts'
import { suppressions } from './messages.table.ts'

/** Where messages go: an email address or an E.164 number. */
export type Address = { channel: 'email' | 'sms'; to: string }
export type SuppressionReason = (typeof suppressions.$inferSelect)['because']

const macs = new LRUCache<string, (text: string) => string>({ max: 500 })

/** A keyed hash: it recognizes the address when it is used again, and can't be reversed. */
function hashWith(key: string, { channel, to }: Address): string {
  const mac = macs.get(key) ?? createMac(key)
  macs.set(key, mac)
  return mac(`${channel}:${channel === 'email' ? normalizeEmail(to) : to}`)
}

const hashOf = async (db: Queries, organizationId: string, address: Address): Promise<string> =>
  hashWith(await suppressionKeyOf(db, organizationId), address)

const add = prepared((db) =>
  db
    .insert(suppressions)
    .values(placeholdersOf(suppressions))
    // An erased person who then unsubscribes stays unsubscribed; a later erasure doesn't undo that.
    .onConflictDoUpdate({
      target: [suppressions.organizationId, suppressions.channel, suppressions.hash],
      set: { because: sql`excluded.because` },
      setWhere: eq(suppressions.because, 'erased'),
    })
    .prepare(),
)

/**
 * Suppresses program messages to this address from now on. Calling it again changes nothing. It outlives the person's
 * data.
 */
export async function suppress(tx: Ctx, address: Address, because: SuppressionReason): Promise<void> {
  await add(tx.db).run({
    id: tx.newId('suppression'),
    organizationId: tx.organizationId,
    channel: address.channel,
    hash: await hashOf(tx.db, tx.organizationId, address),
    because,
    createdAt: tx.clock(),
  })
}

/** The owner of the address wants messages again. */
export async function unsuppress(tx: Ctx, address: Address): Promise<void> {
  await tx.db
    .delete(suppressions)
    .where(
      and(
        eq(suppressions.organizationId, tx.organizationId),
        eq(suppressions.channel, address.channel),
        eq(suppressions.hash, await hashOf(tx.db, tx.organizationId, address)),
      ),
    )
}

const known = prepared((db) =>
  db
    .select({ because: suppressions.because })
    .from(suppressions)
    .where(
      and(
        eq(suppressions.organizationId, sql.placeholder('organizationId')),
        eq(suppressions.channel, sql.placeholder('channel')),
        eq(suppressions.hash, sql.placeholder('hash')),
      ),
    )
    .prepare(),
)

/** Why the organization suppresses an address; null if it doesn't. */
export async function suppressionReason(
  db: Queries,
  organizationId: string,
  address: Address,
): Promise<SuppressionReason | null> {
  const hash = await hashOf(db, organizationId, address)
  return (await known(db).get({ organizationId, channel: address.channel, hash }))?.because ?? null
}

const knownAmong = prepared((db) =>
  db
    .select({
      organizationId: suppressions.organizationId,
      hash: suppressions.hash,
      because: suppressions.because,
    })
    .from(suppressions)
    .where(
      sql`(${suppressions.organizationId}, ${suppressions.channel}, ${suppressions.hash}) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${sql.placeholder('wanted')}))`,
    )
    .prepare(),
)

/** Which of the addresses their organizations suppress, and why, in one statement. `key` is the organization's. */
export async function findSuppressed<T extends Address & { organizationId: string; key: string }>(
  db: Queries,
  addresses: T[],
): Promise<Map<T, SuppressionReason>> {
  if (addresses.length === 0) return new Map()
  const hashed = addresses.map((address) => ({ address, hash: hashWith(address.key, address) }))
  const wanted = hashed.map(({ address, hash }) => [address.organizationId, address.channel, hash])
  const rows = await knownAmong(db).all({ wanted: JSON.stringify(wanted) })
  const listed = new Map(rows.map(({ organizationId, hash, because }) => [`${organizationId} ${hash}`, because]))
  return new Map(
    hashed.flatMap(({ address, hash }) => {
      const because = listed.get(`${address.organizationId} ${hash}`)
      return because ? [[address, because] as const] : []
    }),
  )
}
