import type { PortalFriend, ReferralStatus } from '@goodword/contracts'
import { dayMs, firstName, formatDay, startOfDay, type TransferCode } from '@goodword/domain'

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
  reward: RewardFacts | null
}

export type RewardFacts = {
  kind: 'credit' | 'discount_code' | 'custom'
  status: 'pending' | 'issued' | 'redeemed' | 'voided'
  text: string | null
  amount: number
  availableAt: number
  needsApproval: boolean
  /** Why it was refused. */
  reason: string | null
  redeemedAt: number | null
  updatedAt: number
  /** The discount code that was given. */
  code: string | null
}

type Wording = Pick<PortalFriend, 'amount' | 'amountText' | 'whenText' | 'why'> & { code?: string }
/** What the words of a friend's progress depend on; `offer` is what one friend earns: "5% back", "" for nothing. */
export type Setting = { timeZone: string; now: number; offer: string }

const slowAfter = 3 * dayMs

/** How a friend is called within a sentence: the first name, or "your friend" when there is none to say. */
export const spokenName = (displayName: string): string =>
  displayName === 'A friend' ? 'your friend' : firstName(displayName)
export const atStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Where a referral is, in the portal's words (UI.md §5): how much, when, and why it waits. */
export function friendInWords(friend: FriendFacts, setting: Setting): PortalFriend {
  const { displayName, initials, status, sentAt } = friend
  const wording = wordings[status](friend, setting)
  return { displayName, initials, status, at: new Date(sentAt).toISOString(), code: null, ...wording }
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
    why: setting.offer === '' ? null : `Next: we add your reward once ${spokenName(friend.displayName)}’s job is paid.`,
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
    reward.kind === 'credit'
      ? { amount: reward.amount, amountText: '' }
      : { amount: null, amountText: reward.text ?? '' }
  const { status, code } = reward
  if (status === 'pending') return { ...what, ...waitInWords(friend, reward, setting) }
  if (status === 'voided') {
    const why = reward.reason ? `Because: ${reward.reason}` : null
    return closed(`Not given, ${day(reward.updatedAt, setting)}`, why)
  }
  const given = { ...what, ...(code === null ? {} : { code }), why: null }
  if (status === 'redeemed')
    return { ...given, whenText: `Used ${day(reward.redeemedAt ?? reward.updatedAt, setting)}` }
  return { ...given, whenText: `Added ${day(Math.max(bookedAt, reward.availableAt), setting)}` }
}

/** What a waiting reward waits for, and until when or since when (SPEC §7). */
function waitInWords(friend: FriendFacts, reward: RewardFacts, setting: Setting): Pick<Wording, 'whenText' | 'why'> {
  const due = day(reward.availableAt, setting)
  if (reward.availableAt > setting.now) {
    const hold = holdInWords(friend, setting)
    if (!reward.needsApproval) return { whenText: `Expected ${due}`, why: hold }
    const then = `From ${due} on, it is approved by hand.`
    return { whenText: `Not before ${due}`, why: hold === null ? then : `${hold} ${then}` }
  }
  if (reward.needsApproval) {
    return { whenText: `Ready ${due}`, why: `Waiting because each reward is approved by hand. This one since ${due}.` }
  }
  if (reward.kind === 'discount_code' && reward.code === null) {
    const why = `Waiting because all codes are given out. You get the next one; yours is due since ${due}.`
    return { whenText: `Due ${due}`, why }
  }
  return { whenText: `Expected ${due}`, why: holdInWords(friend, setting) }
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

export type HistoryFacts = {
  code: TransferCode
  /** Whether credit that can be used came or went. */
  direction: 'in' | 'out'
  /** It went before it could be used. */
  wasHeld: boolean
  side: 'advocate' | 'friend' | null
  /** The friend's reward came off the job that earned it. */
  offThisJob: boolean
  /** The friend the reward was for, masked; null when it is for none. */
  friendName: string | null
}

type Earned = Pick<HistoryFacts, 'side' | 'offThisJob' | 'friendName'>

const welcomeOf = ({ offThisJob }: Pick<Earned, 'offThisJob'>) => (offThisJob ? 'welcome discount' : 'welcome credit')

const rewardNamed = (reward: Earned) =>
  reward.side === 'friend' ? `your ${welcomeOf(reward)}` : (reward.friendName ?? 'a reward')

/** What is owed back from then on. */
export const takenBackAfterUse = (reward: Earned): string => `Taken back after it was used: ${rewardNamed(reward)}`

/** A line of the ledger, as the one whose credit it is would say it. */
export function transferInWords(facts: HistoryFacts): string {
  const { code, direction, wasHeld, side, offThisJob, friendName } = facts
  const what = rewardNamed(facts)
  if (code === 'redemption') return offThisJob ? 'Taken off your job' : 'Credit used'
  if (code === 'set_off') return 'Paid back what you owed'
  if (code === 'opening') return 'Credit you brought along'
  if (code === 'merge') return 'Your records were put together'
  if (code === 'adjustment') return direction === 'in' ? 'Credit added' : 'Credit taken off'
  if (code === 'reward_voided' || (code === 'reversal' && wasHeld)) return `Taken back before it was added: ${what}`
  if (code === 'reversal') return direction === 'out' ? `Taken back: ${what}` : `Given back: ${what}`
  if (side === 'friend') return `Your ${welcomeOf(facts)}`
  return friendName === null ? 'A friend booked a job' : `${friendName} booked a job`
}
