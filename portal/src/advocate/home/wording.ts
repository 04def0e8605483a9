import type { PortalHome } from '@goodword/contracts'
import { formatDay, formatMoney } from '@goodword/domain'
import type { Currency, Entry, Step } from './types.ts'

const upToNine = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine']

/** The two lines on top: thanks once a friend has booked, a welcome before. */
export function greeting(home: Pick<PortalHome, 'firstName' | 'booked'>) {
  if (home.booked === 0) {
    return { title: `Hello, ${home.firstName}`, line: 'Your link is ready. Each step shows up here.' }
  }
  const count = upToNine[home.booked] ?? String(home.booked)
  const line =
    home.booked === 1 ? 'One friend has booked because of you.' : `${count} friends have booked because of you.`
  return { title: `Thank you, ${home.firstName}`, line }
}

/** What stands below the tear of the balance slip: the amount that waits and its date, or what comes next. */
export function heldLine(home: PortalHome): { strong: string | null; rest: string } {
  if (home.held > 0) {
    const parts = home.history.filter((entry) => entry.kind === 'held').length
    const day = home.heldUntil && formatDay(Date.parse(home.heldUntil), home.organization.timeZone)
    const when = parts > 1 ? `The next of it is expected ${day}.` : `Expected ${day}.`
    return { strong: `${formatMoney(home.held, home.currency)} on the way.`, rest: day ? when : '' }
  }
  if (home.available > 0) return { strong: null, rest: 'All of it can be used now.' }
  return { strong: null, rest: 'Your credit grows here when a friend’s job is done.' }
}

/** "Jun 4, 9:12 AM" in the organization's time zone. */
export function moment(at: string, timeZone: string) {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  })
    .format(new Date(at))
    .replace('\u202f', ' ')
}

/** What an entry did to the credit that can be used: "+$55.00", "−$25.00"; plain while it waits or where it did nothing. */
export function entryAmount({ kind, amount }: Entry, currency: Currency) {
  const size = Math.abs(amount)
  if (kind === 'owed') return `${formatMoney(size, currency)} owed`
  if (kind === 'held' || size === 0) return formatMoney(size, currency)
  return formatMoney(kind === 'out' ? -size : size, currency, { sign: true })
}

const leadIns = ['Waiting because', 'Next:', 'Because:']

/** Parts a reason into the words that are set in bold and the rest. */
export function partReason(why: string): { lead: string; rest: string } {
  const lead = leadIns.find((words) => why.startsWith(words)) ?? ''
  return { lead, rest: why.slice(lead.length) }
}

/** The steps around the next one to come, at most `most`, so that each keeps room for its words. */
export function stepsInView(steps: Step[], most = 5): Step[] {
  if (steps.length <= most) return steps
  const next = steps.findIndex((step) => step.state !== 'done')
  const start = Math.max(0, Math.min((next === -1 ? steps.length : next) - 2, steps.length - most))
  return steps.slice(start, start + most)
}

/** A link without its scheme, as people read it. */
export const spokenLink = (link: string) => link.replace(/^https?:\/\//, '').replace(/\/$/, '')

/** The same within `most` letters. What gives way is the middle: the end is the advocate's own. */
export function shortLink(link: string, most = 26) {
  const spoken = spokenLink(link)
  if (spoken.length <= most) return spoken
  const tail = spoken.slice(-12)
  return `${spoken.slice(0, most - tail.length - 1)}…${tail}`
}
