import type { Payout, PayoutMethod } from '@goodword/contracts'
import { type Signal, signal } from '@preact/signals'

export const payoutLabels: Record<PayoutMethod, string> = {
  bank_transfer: 'Bank transfer',
  check: 'Check',
  cash: 'Cash',
  card: 'Card',
  other: 'Another way',
}

export type PayoutDraft = { method: Signal<PayoutMethod>; reference: Signal<string>; paidOn: Signal<string> }

/** How credit is paid out, as typed. `today` is in the organization's time zone. */
export const createPayout = (today: string): PayoutDraft => ({
  method: signal<PayoutMethod>('bank_transfer'),
  reference: signal(''),
  paidOn: signal(today),
})

/** A payout as the server takes it. */
export function payoutOf({ method, reference, paidOn }: PayoutDraft): Payout {
  const said = reference.value.trim()
  return { method: method.value, paidOn: paidOn.value, ...(said === '' ? {} : { reference: said }) }
}
