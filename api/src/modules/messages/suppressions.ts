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
async function hashOf(db: Queries, organizationId: string, { channel, to }: Address): Promise<string> {
  const address = `${channel}:${channel === 'email' ? normalizeEmail(to) : to}`
  return createHmac('sha256', await suppressionKeyOf(db, organizationId))
    .update(address)
    .digest('base64url')
}

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
