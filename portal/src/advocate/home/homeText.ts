import type { PortalHome } from '@goodword/contracts'
import { money, say, words } from '../words.ts'
import type { Currency, Entry, Step } from './types.ts'

/** The two lines on top: thanks once a friend has booked, or a welcome before that. */
export function greeting(home: Pick<PortalHome, 'firstName' | 'booked'>) {
  if (home.booked === 0) {
    return { title: say('portal.greeting.welcome', { name: home.firstName }), line: say('portal.greeting.ready') }
  }
  const line = say('portal.greeting.booked', { count: home.booked })
  return { title: say('portal.greeting.thanks', { name: home.firstName }), line }
}

/** The line below the balance: the amount on hold and its date, or what comes next. */
export function heldLine(home: PortalHome): { strong: string | null; rest: string } {
  if (home.held > 0) {
    const parts = home.history.filter((entry) => entry.kind === 'held').length
    const day = home.heldUntil && words.value.day(Date.parse(home.heldUntil), home.organization.timeZone)
    const strong = say('portal.balance.held', { amount: money(home.held, home.currency) })
    return { strong, rest: day ? say(parts > 1 ? 'portal.balance.next' : 'portal.balance.expected', { day }) : '' }
  }
  if (home.available > 0) return { strong: null, rest: say('portal.balance.all') }
  return { strong: null, rest: say('portal.balance.none') }
}

/** "Jun 4, 9:12 AM" in the organization's time zone. */
export function moment(at: string, timeZone: string) {
  return new Intl.DateTimeFormat(words.value.language, {
    timeZone,
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  })
    .format(new Date(at))
    .replace('\u202f', ' ')
}

/** How an entry changed the available credit: "+$55.00", "−$25.00". No sign while it is on hold or changed nothing. */
export function entryAmount({ kind, amount }: Entry, currency: Currency) {
  const size = Math.abs(amount)
  if (kind === 'owed') return say('portal.history.owed', { amount: money(size, currency) })
  if (kind === 'held' || size === 0) return money(size, currency)
  return `${kind === 'out' ? '−' : '+'}${money(size, currency)}`
}

const leadIns = ['portal.lead.waiting', 'portal.lead.next', 'portal.lead.because'] as const

/** Splits a reason into its bold start and the rest. */
export function splitReason(why: string): { lead: string; rest: string } {
  const lead = leadIns.map((key) => say(key)).find((start) => why.startsWith(start)) ?? ''
  return { lead, rest: why.slice(lead.length) }
}

/** At most `most` steps around the next one, so that each has room for its text. */
export function stepsInView(steps: Step[], most = 5): Step[] {
  if (steps.length <= most) return steps
  const next = steps.findIndex((step) => step.state !== 'done')
  const start = Math.max(0, Math.min((next === -1 ? steps.length : next) - 2, steps.length - most))
  return steps.slice(start, start + most)
}

/** A link without its scheme, as people say it. */
export const displayLink = (link: string) => link.replace(/^https?:\/\//, '').replace(/\/$/, '')

/** The same in at most `most` characters. Cuts the middle, because the end is the advocate's own code. */
export function shortLink(link: string, most = 26) {
  const spoken = displayLink(link)
  if (spoken.length <= most) return spoken
  const tail = spoken.slice(-12)
  return `${spoken.slice(0, most - tail.length - 1)}…${tail}`
}
