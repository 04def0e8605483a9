import { normalizeEmail } from '@goodword/domain'
import { and, eq, sql } from 'drizzle-orm'
import type { Queries } from '../../database/database.ts'
import { placeholdersOf, prepared } from '../../database/prepared.ts'
import type { Ctx, Services } from '../../shared/context.ts'
import { suppressions } from './messages.table.ts'

/** Where messages go: a mail address or an E.164 number. */
export type Address = { channel: 'email' | 'sms'; to: string }
export type Because = (typeof suppressions.$inferSelect)['because']

/** A keyed hash: the address can be recognized when it comes again, and cannot be read back. */
const hashOf = ({ signer }: Pick<Services, 'signer'>, organizationId: string, { channel, to }: Address): string =>
  signer.hash('suppression', `${organizationId}:${channel}:${channel === 'email' ? normalizeEmail(to) : to}`)

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
    hash: hashOf(tx, tx.organizationId, address),
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
        eq(suppressions.hash, hashOf(tx, tx.organizationId, address)),
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
export async function isSuppressed(
  from: Pick<Services, 'signer'> & { db: Queries },
  organizationId: string,
  address: Address,
): Promise<boolean> {
  const { channel } = address
  return (
    (await known(from.db).get({ organizationId, channel, hash: hashOf(from, organizationId, address) })) !== undefined
  )
}
