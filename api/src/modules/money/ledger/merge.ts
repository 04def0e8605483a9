import { type AccountRef, accountOfContact, type Posting } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import type { Entry } from './entry.ts'

const kinds = ['available', 'held', 'owed'] as const

/** The transfers that move a contact's available, held and owed credit to another contact; minor units. */
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

/** Entries that may refer to a contact as it was in the past, not as it is now. */
const fromThePast = new Set<Posting['code']>(['reversal', 'adjustment', 'redemption', 'opening'])

/**
 * Adds the transfers that a merge makes necessary around an entry. The mirror of an old transfer is posted to its
 * original accounts. The credit itself is fetched from the contact that stayed and goes back there, so that an account
 * of a merged contact always ends at zero.
 */
export async function applyMerges(tx: Ctx, entry: Entry): Promise<Entry[]> {
  if (!fromThePast.has(entry.code)) return [entry]
  const debit = await replacementOf(tx, entry.debit)
  const credit = await replacementOf(tx, entry.credit)
  return [
    ...(debit ? [transferBetween(entry, debit, entry.debit, 'fetched')] : []),
    entry,
    ...(credit ? [transferBetween(entry, entry.credit, credit, 'forwarded')] : []),
  ]
}

/** The account that replaced one whose contact was merged; null for any other. */
async function replacementOf(tx: Ctx, account: AccountRef): Promise<AccountRef | null> {
  if (account.owner.type !== 'contact') return null
  const { mergedInto } = await getContact(tx, account.owner.id)
  return mergedInto === null ? null : accountOfContact(account.kind, mergedInto)
}

const transferBetween = (entry: Entry, debit: AccountRef, credit: AccountRef, step: string): Entry => ({
  debit,
  credit,
  amount: entry.amount,
  currency: entry.currency,
  code: 'merge',
  refersTo: { type: 'contact', id: debit.owner.id },
  idempotencyKey: `${entry.idempotencyKey}:${step}`,
})
