import { createHmac } from 'node:crypto'
import { normalizeEmail } from '@goodword/domain'
import { and, eq, sql } from 'drizzle-orm'
import type { Queries } from '../../database/database.ts'
import { placeholdersOf, prepared } from '../../database/prepared.ts'
import type { Ctx } from '../../shared/context.ts'
import { suppressionKeyOf } from './audience.queries.ts'
import { suppressions } from './messages.table.ts'

/** Where messages go: a mail address or an E.164 number. */
export type Address = { channel: 'email' | 'sms'; to: string }
export type Because = (typeof suppressions.$inferSelect)['because']

/** A keyed hash: the address can be recognized when it comes again, and cannot be read back. */
const hashWith = (key: string, { channel, to }: Address): string =>
  createHmac('sha256', key)
    .update(`${channel}:${channel === 'email' ? normalizeEmail(to) : to}`)
    .digest('base64url')

const hashOf = async (db: Queries, organizationId: string, address: Address): Promise<string> =>
  hashWith(await suppressionKeyOf(db, organizationId), address)

const add = prepared((db) =>
  db
    .insert(suppressions)
    .values(placeholdersOf(suppressions))
    .onConflictDoNothing({ target: [suppressions.organizationId, suppressions.channel, suppressions.hash] })
    .prepare(),
)

/** From now on nothing of the program goes to this address. Again changes nothing. It outlives the person's data. */
export async function suppress(tx: Ctx, address: Address, because: Because): Promise<void> {
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
export async function allowAgain(tx: Ctx, address: Address): Promise<void> {
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

/** Whether an address asked an organization to stop. */
export async function isSuppressed(db: Queries, organizationId: string, address: Address): Promise<boolean> {
  const hash = await hashOf(db, organizationId, address)
  return (await known(db).get({ organizationId, channel: address.channel, hash })) !== undefined
}

const knownAmong = prepared((db) =>
  db
    .select({ organizationId: suppressions.organizationId, hash: suppressions.hash })
    .from(suppressions)
    .where(
      sql`(${suppressions.organizationId}, ${suppressions.channel}, ${suppressions.hash}) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${sql.placeholder('wanted')}))`,
    )
    .prepare(),
)

/** Those of some addresses whose owner asked that organization to stop, in one statement. `key` is the organization's. */
export async function suppressedAmong<T extends Address & { organizationId: string; key: string }>(
  db: Queries,
  addresses: T[],
): Promise<Set<T>> {
  if (addresses.length === 0) return new Set()
  const hashed = addresses.map((address) => ({ address, hash: hashWith(address.key, address) }))
  const wanted = hashed.map(({ address, hash }) => [address.organizationId, address.channel, hash])
  const rows = await knownAmong(db).all({ wanted: JSON.stringify(wanted) })
  const stopped = new Set(rows.map(({ organizationId, hash }) => `${organizationId} ${hash}`))
  return new Set(
    hashed
      .filter(({ address, hash }) => stopped.has(`${address.organizationId} ${hash}`))
      .map(({ address }) => address),
  )
}
