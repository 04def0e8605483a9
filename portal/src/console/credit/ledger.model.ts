import type { Client } from '@goodword/client'
import {
  AdjustCredit,
  adjustmentMax,
  type ContactLedger,
  type CreditBalance,
  type Currency,
  RedeemCredit,
} from '@goodword/contracts'
import { formatAmountInput, formatMoney, parseMoney } from '@goodword/domain'
import { computed, signal } from '@preact/signals'
import { toFailure } from '../core/failure.ts'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'
import { createPayout, payoutOf } from './payout.ts'

const pageSize = 20

/** A contact's credit: balances, and every entry, newest first, loaded page by page. */
export function createLedger({ client, contactId }: { client: Client; contactId: string }) {
  const params = { id: contactId }
  const adding = signal(false)
  const problem = signal<string | null>(null)
  const ledger = createResource<ContactLedger>((abort) =>
    client.credit.ledger({ params, query: { limit: pageSize } }, { signal: abort }),
  )
  return {
    ledger,
    adding,
    problem,
    async more() {
      const known = ledger.data.value
      if (!known?.nextCursor || adding.value) return
      adding.value = true
      problem.value = null
      try {
        const next = await client.credit.ledger({ params, query: { limit: pageSize, cursor: known.nextCursor } })
        if (ledger.data.value === known) ledger.data.value = { ...next, items: [...known.items, ...next.items] }
      } catch (error) {
        problem.value = toFailure(error).sentence
      } finally {
        adding.value = false
      }
    },
  }
}

export type LedgerModel = ReturnType<typeof createLedger>

/** "1250" as "1,250.00"; anything that is not an amount stays as typed. */
export const formatTyped = (currency: Currency) => (text: string) => {
  const parsed = parseMoney(text, currency)
  return parsed === null ? text : formatAmountInput(parsed, currency)
}

/** One balance for each currency that can be chosen, the default first. */
export type Wallet = readonly [CreditBalance, ...CreditBalance[]]

/**
 * The currencies in which a contact's credit can change: the campaign's, the organization's, and any with a balance.
 */
export function createWallet(
  balances: readonly CreditBalance[],
  currencies: readonly [Currency, ...Currency[]],
): Wallet {
  const inCurrency = (currency: Currency) =>
    balances.find((one) => one.currency === currency) ?? { currency, available: 0, held: 0, owed: 0 }
  const [first, ...others] = currencies
  const known = new Set([...others, ...balances.map(({ currency }) => currency)])
  known.delete(first)
  return [inCurrency(first), ...[...known].map(inCurrency)]
}

/** The balances with available credit, largest first; null when there are none. */
export function availableIn(wallet: Wallet): Wallet | null {
  const [first, ...others] = wallet.filter(({ available }) => available > 0)
  return first ? [first, ...others] : null
}

type Options = {
  client: Client
  contactId: string
  wallet: Wallet
  /** Returns a fresh idempotency key; retries of one request reuse it. */
  newKey?: () => string
}

/** State shared by both dialogs: currency, amount, note, and one request that a double click sends once. */
function createEntry({ wallet, newKey = () => crypto.randomUUID() }: Options) {
  const [first] = wallet
  const typed = signal('')
  const note = signal('')
  const sending = createSending()
  const balance = signal(first)
  let key = newKey()
  return {
    wallet,
    /** The selected balance. Typed text stays when the currency changes. */
    balance,
    choose(currency: Currency) {
      balance.value = wallet.find((one) => one.currency === currency) ?? first
    },
    typed,
    note,
    sending,
    /** Minor units; null unless it is an amount above zero. */
    amount: computed(() => {
      const parsed = parseMoney(typed.value, balance.value.currency)
      return parsed !== null && parsed > 0 ? parsed : null
    }),
    money: (amount: number) => formatMoney(amount, balance.value.currency),
    async send<T>(work: (options: { idempotencyKey: string }) => Promise<T>): Promise<T | null> {
      const done = await sending.send(() => work({ idempotencyKey: key }))
      if (sending.failure.value?.code) key = newKey()
      return done
    },
  }
}

/** Records a redemption: the full balance unless less is typed. `today` is in the organization's time zone. */
export function createRedemption(needs: Options & { today: string }) {
  const { client, contactId } = needs
  const entry = createEntry(needs)
  const { amount, note, sending, balance, typed, money } = entry
  const all = ({ available, currency }: CreditBalance) => formatAmountInput(available, currency)
  typed.value = all(balance.value)
  const isPayout = signal(false)
  const payout = createPayout(needs.today)
  return {
    ...entry,
    /** Whether it is paid out in money, and how. */
    isPayout,
    payout,
    choose(currency: Currency) {
      const untouched = typed.value === all(balance.value)
      entry.choose(currency)
      if (untouched) typed.value = all(balance.value)
    },
    /** "Record $20.00 of $62.50": the button's label. */
    words: computed(() => {
      const { available } = balance.value
      if (amount.value === null || amount.value > available) return 'Record redemption'
      return amount.value === available
        ? `Record all ${money(available)}`
        : `Record ${money(amount.value)} of ${money(available)}`
    }),
    left: computed(() => {
      const { available } = balance.value
      return amount.value === null || amount.value > available ? null : available - amount.value
    }),
    async record(): Promise<CreditBalance | null> {
      const { available, currency } = balance.value
      if (amount.value === null) return sending.showErrors({ amount: `Enter an amount such as ${money(available)}.` })
      if (amount.value > available) return sending.showErrors({ amount: `Enter ${money(available)} or less.` })
      const body = sending.check(
        RedeemCredit.safeParse({
          amount: amount.value,
          currency,
          note: note.value,
          ...(isPayout.value ? { payout: payoutOf(payout) } : {}),
        }),
      )
      return body ? entry.send((options) => client.credit.redeem({ params: { id: contactId }, body }, options)) : null
    },
  }
}

/** Lets an admin add or remove credit. */
export function createAdjustment(needs: Options) {
  const { client, contactId } = needs
  const entry = createEntry(needs)
  const direction = signal<'add' | 'take'>('add')
  const { amount, note, sending, balance, money } = entry
  const most = computed(() =>
    direction.value === 'add' ? adjustmentMax : Math.min(adjustmentMax, balance.value.available),
  )
  const fits = computed(() => amount.value !== null && amount.value <= most.value)
  return {
    ...entry,
    direction,
    words: computed(() => {
      if (amount.value === null || !fits.value) return direction.value === 'add' ? 'Add credit' : 'Subtract credit'
      return `${direction.value === 'add' ? 'Add' : 'Subtract'} ${money(amount.value)}`
    }),
    /** The available balance afterwards; debt is paid back first. */
    after: computed(() => {
      const { available, owed } = balance.value
      if (amount.value === null || !fits.value) return null
      return direction.value === 'take' ? available - amount.value : available + Math.max(0, amount.value - owed)
    }),
    async adjust(): Promise<CreditBalance | null> {
      const { currency } = balance.value
      if (amount.value === null) return sending.showErrors({ amount: 'Enter an amount above zero.' })
      if (!fits.value) return sending.showErrors({ amount: `Enter ${money(most.value)} or less.` })
      const signed = direction.value === 'add' ? amount.value : -amount.value
      const body = sending.check(AdjustCredit.safeParse({ amount: signed, currency, note: note.value }))
      return body ? entry.send((options) => client.credit.adjust({ params: { id: contactId }, body }, options)) : null
    },
  }
}

export type RedemptionModel = ReturnType<typeof createRedemption>
export type AdjustmentModel = ReturnType<typeof createAdjustment>
