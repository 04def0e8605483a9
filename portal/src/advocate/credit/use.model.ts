import { type Client, freshKey, GoodwordError } from '@goodword/client'
import type { PortalHome } from '@goodword/contracts'
import { formatAmountInput, formatMoney, parseMoney } from '@goodword/domain'
import { signal } from '@preact/signals'

export type UseModel = ReturnType<typeof createUseModel>
type Use = PortalHome['creditUses'][number]

export const useWords: Record<Use, { title: string; line: string }> = {
  next_invoice: { title: 'On my next invoice', line: 'It is taken off what you pay next.' },
  discount_code: { title: 'As a discount code', line: 'You get a code for the amount.' },
  payout: { title: 'Paid out', line: 'You are asked how you want to get it.' },
}

/** Credit that no open request has asked for yet; minor units. */
export function usable({ available, requests, currency }: Pick<PortalHome, 'available' | 'requests' | 'currency'>) {
  const asked = requests.filter((one) => one.state === 'open' && one.currency === currency)
  return Math.max(0, available - asked.reduce((sum, one) => sum + one.amount, 0))
}

/** Asking to use credit, and taking the request back. `renew` loads the page again. */
export function createUseModel(client: Client, renew: () => Promise<unknown>) {
  const open = signal(false)
  const amount = signal('')
  const use = signal<Use | null>(null)
  const problem = signal<string | null>(null)
  const trouble = signal<string | null>(null)
  const busy = signal(false)
  /** The request being taken back. */
  const withdrawing = signal<string | null>(null)
  let key = freshKey()

  function start(home: PortalHome) {
    amount.value = formatAmountInput(usable(home), home.currency)
    use.value = home.creditUses[0] ?? null
    problem.value = null
    trouble.value = null
    key = freshKey()
    open.value = true
  }

  function type(text: string) {
    amount.value = text
    problem.value = null
  }

  function check(home: PortalHome): number | null {
    const read = parseMoney(amount.value, home.currency)
    const most = usable(home)
    if (read === null || read <= 0) problem.value = 'Enter an amount such as 40.00.'
    else if (read > most) problem.value = `You can use up to ${formatMoney(most, home.currency)}.`
    else return read
    return null
  }

  /** True when the request was taken. A repeat after no answer carries the same key, so that it is one request. */
  async function submit(home: PortalHome): Promise<boolean> {
    if (busy.value || use.value === null) return false
    const read = check(home)
    if (read === null) return false
    busy.value = true
    trouble.value = null
    try {
      const body = { organizationId: home.organization.id, amount: read, use: use.value }
      await client.portal.useCredit({ body }, { idempotencyKey: key })
      open.value = false
      await renew()
      return true
    } catch (error) {
      if (error instanceof GoodwordError) key = freshKey()
      trouble.value = whyNot(error)
      return false
    } finally {
      busy.value = false
    }
  }

  async function withdraw(id: string) {
    if (withdrawing.value) return
    withdrawing.value = id
    trouble.value = null
    try {
      await client.portal.withdrawRequest({ params: { id } })
    } catch (error) {
      trouble.value = whyNot(error)
    } finally {
      withdrawing.value = null
    }
    await renew()
  }

  const close = () => {
    open.value = false
  }
  return { open, amount, use, problem, trouble, busy, withdrawing, start, type, submit, withdraw, close }
}

const whyNot = (error: unknown) =>
  error instanceof GoodwordError ? error.problem.detail : 'The server did not answer. Nothing was asked for yet.'
