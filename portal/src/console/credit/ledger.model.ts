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

const pageSize = 20

/** Credit of one contact: balances, and every movement, newest first, more of them on demand. */
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

/** "1250" as "1,250.00"; what is no amount stays as typed. */
export const formatTyped = (currency: Currency) => (text: string) => {
  const parsed = parseMoney(text, currency)
  return parsed === null ? text : formatAmountInput(parsed, currency)
}

/** One balance for each currency there is a choice of, the one to begin with first. */
export type Purse = readonly [CreditBalance, ...CreditBalance[]]

/** The currencies in which credit of a contact can change: that of the campaign, the organization's, and what there is. */
export function purseOf(balances: readonly CreditBalance[], currencies: readonly [Currency, ...Currency[]]): Purse {
  const inCurrency = (currency: Currency) =>
    balances.find((one) => one.currency === currency) ?? { currency, available: 0, held: 0, owed: 0 }
  const [first, ...others] = currencies
  const known = new Set([...others, ...balances.map(({ currency }) => currency)])
  known.delete(first)
  return [inCurrency(first), ...[...known].map(inCurrency)]
}

/** What of it can be used, the most first; null when there is nothing. */
export function usableOf(purse: Purse): Purse | null {
  const [first, ...others] = purse.filter(({ available }) => available > 0)
  return first ? [first, ...others] : null
}

type Options = {
  client: Client
  contactId: string
  purse: Purse
  /** Fresh for each call; repeats of one request carry one key. */
  newKey?: () => string
}

/** What both dialogs share: a currency, an amount, a note, and a request that pressing twice sends once. */
function createEntry({ purse, newKey = () => crypto.randomUUID() }: Options) {
  const [first] = purse
  const typed = signal('')
  const note = signal('')
  const sending = createSending()
  const balance = signal(first)
  let key = newKey()
  return {
    purse,
    /** The balance that changes; what is typed stays when it is another. */
    balance,
    choose(currency: Currency) {
      balance.value = purse.find((one) => one.currency === currency) ?? first
    },
    typed,
    note,
    sending,
    /** Minor units; null while it is no amount above zero. */
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

/** Records that credit was used: all of it, unless less is typed. */
export function createRedemption(needs: Options) {
  const { client, contactId } = needs
  const entry = createEntry(needs)
  const { amount, note, sending, balance, typed, money } = entry
  const all = ({ available, currency }: CreditBalance) => formatAmountInput(available, currency)
  typed.value = all(balance.value)
  return {
    ...entry,
    choose(currency: Currency) {
      const untouched = typed.value === all(balance.value)
      entry.choose(currency)
      if (untouched) typed.value = all(balance.value)
    },
    /** "Record $20.00 of $62.50": what is on the button. */
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
      if (amount.value === null) return sending.refuse({ amount: `Enter an amount such as ${money(available)}.` })
      if (amount.value > available) return sending.refuse({ amount: `Enter ${money(available)} or less.` })
      const body = sending.check(RedeemCredit.safeParse({ amount: amount.value, currency, note: note.value }))
      return body ? entry.send((options) => client.credit.redeem({ params: { id: contactId }, body }, options)) : null
    },
  }
}

/** An admin adds credit, or takes some away. */
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
      if (amount.value === null || !fits.value) return direction.value === 'add' ? 'Add credit' : 'Take credit'
      return `${direction.value === 'add' ? 'Add' : 'Take'} ${money(amount.value)}`
    }),
    /** What can be used afterwards; what is owed is paid back first. */
    after: computed(() => {
      const { available, owed } = balance.value
      if (amount.value === null || !fits.value) return null
      return direction.value === 'take' ? available - amount.value : available + Math.max(0, amount.value - owed)
    }),
    async adjust(): Promise<CreditBalance | null> {
      const { currency } = balance.value
      if (amount.value === null) return sending.refuse({ amount: 'Enter an amount above zero.' })
      if (!fits.value) return sending.refuse({ amount: `Enter ${money(most.value)} or less.` })
      const signed = direction.value === 'add' ? amount.value : -amount.value
      const body = sending.check(AdjustCredit.safeParse({ amount: signed, currency, note: note.value }))
      return body ? entry.send((options) => client.credit.adjust({ params: { id: contactId }, body }, options)) : null
    },
  }
}

export type RedemptionModel = ReturnType<typeof createRedemption>
export type AdjustmentModel = ReturnType<typeof createAdjustment>
