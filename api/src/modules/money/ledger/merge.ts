import { type AccountRef, accountOfContact, type Posting } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import type { Entry } from './entry.ts'

const kinds = ['available', 'held', 'owed'] as const

/** The transfers that move what a contact has and owes to another one; minor units. */
export function movesOf(
  balances: { currency: Posting['currency']; available: number; held: number; owed: number }[],
  from: string,
  into: string,
): Entry[] {
  return balances.flatMap((balance) =>
    kinds
      .filter((kind) => balance[kind] > 0)
      .map((kind): Entry => {
        const [giver, taker] = kind === 'owed' ? [into, from] : [from, into]
        return {
          debit: accountOfContact(kind, giver),
          credit: accountOfContact(kind, taker),
          amount: balance[kind],
          currency: balance.currency,
          code: 'merge',
          refersTo: { type: 'contact', id: from },
          idempotencyKey: `merge:${from}:${into}:${kind}:${balance.currency}`,
        }
      }),
  )
}

/** What may name a contact as it was when something happened, and not as it is now. */
const fromThePast = new Set<Posting['code']>(['reversal', 'adjustment', 'redemption', 'opening'])

/**
 * An entry with what a merge makes necessary around it. The mirror of an old transfer is posted on the accounts it was
 * posted on; the credit itself is at the contact that took the place of the old one, is fetched from there and goes back
 * there, so that nothing ever stays on an account of a contact that was merged away.
 */
export async function followMerges(tx: Ctx, entry: Entry): Promise<Entry[]> {
  if (!fromThePast.has(entry.code)) return [entry]
  const debit = await placeTakenOf(tx, entry.debit)
  const credit = await placeTakenOf(tx, entry.credit)
  return [
    ...(debit ? [along(entry, debit, entry.debit, 'fetched')] : []),
    entry,
    ...(credit ? [along(entry, entry.credit, credit, 'forwarded')] : []),
  ]
}

/** The account that took the place of one whose contact was merged away; null for any other. */
async function placeTakenOf(tx: Ctx, account: AccountRef): Promise<AccountRef | null> {
  if (account.owner.type !== 'contact') return null
  const { mergedInto } = await getContact(tx, account.owner.id)
  return mergedInto === null ? null : accountOfContact(account.kind, mergedInto)
}

const along = (entry: Entry, debit: AccountRef, credit: AccountRef, step: string): Entry => ({
  debit,
  credit,
  amount: entry.amount,
  currency: entry.currency,
  code: 'merge',
  refersTo: { type: 'contact', id: debit.owner.id },
  idempotencyKey: `${entry.idempotencyKey}:${step}`,
})
