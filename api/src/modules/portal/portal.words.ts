import type { Currency, PortalFriend, ReferralStatus } from '@goodword/contracts'
import { dayMs, firstName, formatDay, startOfDay } from '@goodword/domain'

/** A friend as the query layer gives them: the name is masked already. Moments in milliseconds. */
export type FriendFacts = {
  displayName: string
  initials: string
  status: ReferralStatus
  sentAt: number
  changedAt: number
  /** Why it was taken back, as staff said. */
  reason: string | null
  conversion: { at: number; paidOn: string | null; holdDays: number } | null
  reward: { kind: 'credit' | 'custom'; text: string | null; amount: number; waits: boolean; availableAt: number } | null
}

type Wording = Pick<PortalFriend, 'amount' | 'amountText' | 'whenText' | 'why'>
type Setting = { timeZone: string; now: number; /** What one friend earns: "5% back"; "" for nothing. */ offer: string }

const slowAfter = 3 * dayMs

/** How a friend is called within a sentence: the first name, or "your friend" when there is none to say. */
export const spokenName = (displayName: string): string =>
  displayName === 'A friend' ? 'your friend' : firstName(displayName)
export const atStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Where a referral is, in the portal's words (UI.md §5): how much, when, and why it waits. */
export function friendInWords(friend: FriendFacts, setting: Setting): PortalFriend {
  const { displayName, initials, status, sentAt } = friend
  const wording = wordings[status](friend, setting)
  return { displayName, initials, status, at: new Date(sentAt).toISOString(), ...wording }
}

const day = (at: number, { timeZone }: Setting) => formatDay(at, timeZone)

const wordings: Record<ReferralStatus, (friend: FriendFacts, setting: Setting) => Wording> = {
  pending: (friend, setting) => ({
    amount: null,
    amountText: setting.offer,
    whenText: `Sent ${day(friend.sentAt, setting)}`,
    why:
      setting.now - friend.sentAt < slowAfter
        ? `Next: we get in touch with ${spokenName(friend.displayName)}.`
        : `Waiting because we still have to get in touch with ${spokenName(friend.displayName)}.`,
  }),
  accepted: (friend, setting) => ({
    amount: null,
    amountText: setting.offer,
    whenText: `Since ${day(friend.changedAt, setting)}`,
    why:
      setting.offer === '' ? null : `Next: we add your reward once ${spokenName(friend.displayName)}’s job is paid.`,
  }),
  converted: (friend, setting) => convertedInWords(friend, setting),
  declined: (friend, setting) => closed(day(friend.changedAt, setting), null),
  expired: (friend, setting) =>
    closed(
      day(friend.changedAt, setting),
      `${atStart(spokenName(friend.displayName))} did not book through your link in time.`,
    ),
  reversed: (friend, setting) =>
    closed(day(friend.changedAt, setting), friend.reason ? `Because: ${friend.reason}` : null),
}

const closed = (whenText: string, why: string | null): Wording => ({ amount: null, amountText: '', whenText, why })

function convertedInWords(friend: FriendFacts, setting: Setting): Wording {
  const { reward, conversion } = friend
  const bookedAt = conversion?.at ?? friend.changedAt
  if (!reward) return closed(`Booked ${day(bookedAt, setting)}`, null)
  const what =
    reward.kind === 'custom'
      ? { amount: null, amountText: reward.text ?? '' }
      : { amount: reward.amount, amountText: '' }
  return reward.waits
    ? { ...what, whenText: `Expected ${day(reward.availableAt, setting)}`, why: holdInWords(friend, setting) }
    : { ...what, whenText: `Added ${day(Math.max(bookedAt, reward.availableAt), setting)}`, why: null }
}

/** "Waiting because rewards clear 14 days after a job is paid. Priya’s was paid May 29." */
function holdInWords({ conversion, displayName }: FriendFacts, setting: Setting): string | null {
  if (!conversion || conversion.holdDays === 0) return null
  const days = conversion.holdDays === 1 ? '1 day' : `${conversion.holdDays} days`
  const event = conversion.paidOn ? 'paid' : 'marked as done'
  const at = conversion.paidOn ? startOfDay(conversion.paidOn, setting.timeZone) : conversion.at
  const whose = `${atStart(spokenName(displayName))}’s`
  return `Waiting because rewards clear ${days} after a job is ${event}. ${whose} was ${event} ${day(at, setting)}.`
}

/** What the share targets put before the link. */
export const shareText = (organizationName: string, offer: { figure: string | null; sentence: string } | null): string =>
  offer === null
    ? `I recommend ${organizationName}. Here is my link:`
    : `I recommend ${organizationName}. With my link you get ${offer.figure === null ? 'this' : ''}${offer.figure === null ? `: ${offer.sentence}.` : `${offer.sentence}:`}`

export type HistoryFacts = {
  code: string
  amount: number
  at: number
  /** Whether it came to the credit that can be used, or left it. */
  direction: 'in' | 'out'
  side: 'advocate' | 'friend' | null
  /** The friend of the referral, masked; null when it is about none. */
  friendName: string | null
}
