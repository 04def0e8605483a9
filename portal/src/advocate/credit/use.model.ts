import { type Client, freshKey, GoodwordError } from '@goodword/client'
import type { PortalHome } from '@goodword/contracts'
import { minorDigits, parseMoney } from '@goodword/domain'
import { signal } from '@preact/signals'
import { money, said, say, words } from '../words.ts'

export type UseModel = ReturnType<typeof createUseModel>
type Use = PortalHome['creditUses'][number]

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
    amount.value = words.value.amount(usable(home), home.currency)
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
    const read = readAmount(amount.value, home.currency)
    const most = usable(home)
    if (read === null || read <= 0)
      problem.value = say('portal.use.enter', {
        example: words.value.amount(40 * 10 ** minorDigits(home.currency), home.currency),
      })
    else if (read > most) problem.value = say('portal.use.most', { amount: money(most, home.currency) })
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
  error instanceof GoodwordError
    ? said(error.problem.detail)
    : `${say('portal.trouble.silent')} ${say('portal.trouble.unasked')}`

/** What was typed as the reader's language writes amounts, in minor units; null where it is none. */
function readAmount(typed: string, currency: PortalHome['currency']): number | null {
  const { language } = words.value
  if (language === 'en') return parseMoney(typed, currency)
  const parts = new Intl.NumberFormat(language, { useGrouping: true }).formatToParts(1_234_567.8)
  const sign = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  const [decimal, group] = [sign('decimal'), sign('group')]
  const [whole = '', ...rest] = typed.trim().split(decimal)
  const groups = whole.split(/\s/.test(group) ? /\s/ : group)
  // "40.00" where a point groups thousands is no amount: read as 4,000 it would be a hundredfold mistake.
  if (groups.slice(1).some((one) => one.length !== 3)) return null
  return parseMoney([groups.join(''), ...rest].join('.'), currency)
}
