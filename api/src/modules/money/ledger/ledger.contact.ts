import type { ContactPart } from '../../../shared/context.ts'
import { creditOf } from './ledger.person.queries.ts'
import { balancesOfContact, postEntries } from './ledger.ts'
import { movesOf } from './merge.ts'

/** Nothing to erase: the ledger knows contacts only by id. */
export const accountsOfContacts: ContactPart = {
  tables: ['ledger_accounts'],
  async previewMerge(ctx, { from }) {
    const balances = await balancesOfContact(ctx, from.id)
    return { balances: balances.filter(({ available, held, owed }) => available + held + owed > 0) }
  },
  async move(tx, { from, into }) {
    await postEntries(tx, movesOf(await balancesOfContact(tx, from.id), from.id, into.id))
  },
  export: (ctx, contactId) => ({ credit: creditOf(ctx, contactId) }),
}
