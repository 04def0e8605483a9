import type { Currency } from '@goodword/contracts'
import type { AccountRef } from '@goodword/domain'
import { and, eq, sql } from 'drizzle-orm'
import { prepared, preparedInsert } from '../../../database/prepared.ts'
import { transactionCache } from '../../../database/transactionCache.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { ledgerAccounts } from './ledger.table.ts'

type Account = { id: string; kind: AccountRef['kind']; currency: Currency }
type Accounts = { ownerExists: boolean; accounts: Account[] }

const addAccount = preparedInsert(ledgerAccounts)

const columns = { id: ledgerAccounts.id, kind: ledgerAccounts.kind, currency: ledgerAccounts.currency }

const ofOwner = prepared((db) =>
  db
    .select(columns)
    .from(ledgerAccounts)
    .where(
      and(
        eq(ledgerAccounts.organizationId, sql.placeholder('organizationId')),
        eq(ledgerAccounts.ownerType, sql.placeholder('ownerType')),
        eq(ledgerAccounts.ownerId, sql.placeholder('ownerId')),
      ),
    )
    .prepare(),
)

/** A contact of the organization with their accounts, or a row without an account. */
const ofContact = prepared((db) =>
  db
    .select(columns)
    .from(contacts)
    .leftJoin(
      ledgerAccounts,
      and(
        eq(ledgerAccounts.organizationId, contacts.organizationId),
        eq(ledgerAccounts.ownerType, 'contact'),
        eq(ledgerAccounts.ownerId, contacts.id),
      ),
    )
    .where(
      and(eq(contacts.id, sql.placeholder('ownerId')), eq(contacts.organizationId, sql.placeholder('organizationId'))),
    )
    .prepare(),
)

/** The accounts of an owner, read once a transaction: the same owner is part of several transfers. */
const accountsOf = transactionCache(async (db, key): Promise<Accounts> => {
  const [organizationId, ownerType, ownerId] = key.split(' ')
  const owner = { organizationId, ownerType, ownerId }
  if (ownerType !== 'contact') return { ownerExists: true, accounts: await ofOwner(db).all(owner) }
  const rows = await ofContact(db).all(owner)
  const accounts = rows.flatMap(({ id, kind, currency }) =>
    id === null || kind === null || currency === null ? [] : [{ id, kind, currency }],
  )
  return { ownerExists: rows.length > 0, accounts }
})

const accountsOwnedBy = (tx: Ctx, { type, id }: AccountRef['owner']): Promise<Accounts> =>
  accountsOf(tx.db, `${tx.organizationId} ${type} ${id}`)

/** The id of an account, opened if it doesn't exist. Throws not_found for an owner of another organization. */
export async function openAccount(tx: Ctx, { kind, owner }: AccountRef, currency: Currency): Promise<string> {
  const { ownerExists, accounts } = await accountsOwnedBy(tx, owner)
  const known = accounts.find((one) => one.kind === kind && one.currency === currency)
  if (known) return known.id
  // Owners of higher floors, such as partners, are checked by the caller.
  const { organizationId } = tx
  const ofOrganization = owner.type === 'organization' || kind === 'settlements'
  if (!ownerExists || (ofOrganization && owner.id !== organizationId)) throw new AppError('not_found')
  const account = { id: tx.newId('account'), kind, currency }
  const facts = { organizationId, ownerType: owner.type, ownerId: owner.id }
  await addAccount(tx.db, { balance: 0, createdAt: tx.clock(), ...account, ...facts })
  accounts.push(account)
  return account.id
}

/** Whether a contact ever owed anything in a currency, as far as this transaction has come. */
export async function mayOwe(tx: Ctx, contactId: string, currency: Currency): Promise<boolean> {
  const { accounts } = await accountsOwnedBy(tx, { type: 'contact', id: contactId })
  return accounts.some((one) => one.kind === 'owed' && one.currency === currency)
}
