import { type Client, freshKey, GoodwordError } from '@goodword/client'
import type { PortalHome } from '@goodword/contracts'
import { minorDigits, parseMoney } from '@goodword/domain'
import { signal } from '@preact/signals'
import { money, say, serverMessage, words } from '../words.ts'

export type UseModel = ReturnType<typeof createUseModel>
type Use = PortalHome['creditUses'][number]

/** Available credit without the amounts of open requests; minor units. */
export function usable({ available, requests, currency }: Pick<PortalHome, 'available' | 'requests' | 'currency'>) {
  const sent = requests.filter((one) => one.state === 'open' && one.currency === currency)
  return Math.max(0, available - sent.reduce((sum, one) => sum + one.amount, 0))
}

/** Requests to use credit, and withdrawing them. `renew` reloads the page. */
export function createUseModel(client: Client, reload: () => Promise<unknown>) {
  const open = signal(false)
  const amount = signal('')
  const use = signal<Use | null>(null)
  const problem = signal<string | null>(null)
  const errorText = signal<string | null>(null)
  const busy = signal(false)
  /** The request being withdrawn. */
  const withdrawing = signal<string | null>(null)
  let key = freshKey()

  function start(home: PortalHome) {
    amount.value = words.value.amount(usable(home), home.currency)
    use.value = home.creditUses[0] ?? null
    problem.value = null
    errorText.value = null
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

  /**
   * Resolves to true when the request was accepted. A retry after no response reuses the idempotency key, so that
   * it stays one request.
   */
  async function submit(home: PortalHome): Promise<boolean> {
    if (busy.value || use.value === null) return false
    const read = check(home)
    if (read === null) return false
    busy.value = true
    errorText.value = null
    try {
      const body = { organizationId: home.organization.id, amount: read, use: use.value }
      await client.portal.useCredit({ body }, { idempotencyKey: key })
      open.value = false
      await reload()
      return true
    } catch (error) {
      if (error instanceof GoodwordError) key = freshKey()
      errorText.value = errorTextOf(error)
      return false
    } finally {
      busy.value = false
    }
  }

  async function withdraw(id: string) {
    if (withdrawing.value) return
    withdrawing.value = id
    errorText.value = null
    try {
      await client.portal.withdrawRequest({ params: { id } })
    } catch (error) {
      errorText.value = errorTextOf(error)
    } finally {
      withdrawing.value = null
    }
    await reload()
  }

  const close = () => {
    open.value = false
  }
  return { open, amount, use, problem, errorText, busy, withdrawing, start, type, submit, withdraw, close }
}

const errorTextOf = (error: unknown) =>
  error instanceof GoodwordError
    ? serverMessage(error.problem.detail)
    : `${say('portal.error.silent')} ${say('portal.error.unasked')}`

/** Parses an amount as written in the reader's language, in minor units; null if it isn't one. */
function readAmount(typed: string, currency: PortalHome['currency']): number | null {
  const { language } = words.value
  if (language === 'en') return parseMoney(typed, currency)
  const parts = new Intl.NumberFormat(language, { useGrouping: true }).formatToParts(1_234_567.8)
  const sign = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  const [decimal, group] = [sign('decimal'), sign('group')]
  const [whole = '', ...rest] = typed.trim().split(decimal)
  const groups = whole.split(/\s/.test(group) ? /\s/ : group)
  // In a language whose thousands separator is a point, "40.00" is rejected: reading it as 4,000 would be off by a
  // hundredfold.
  if (groups.slice(1).some((one) => one.length !== 3)) return null
  return parseMoney([groups.join(''), ...rest].join('.'), currency)
}
