import type { Currency, PortalCard, PortalFriend, ReferralStatus, RewardKindName } from '@goodword/contracts'
import { dayMs, firstName, initials, startOfDay, type TransferCode } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import { describeReward, kinds } from '../../money/rewards/kinds/kinds.ts'

/** A friend from the query layer. The name is already masked; null if there is none. Times are in milliseconds. */
export type FriendFacts = {
  displayName: string | null
  status: ReferralStatus
  sentAt: number
  changedAt: number
  /** Why it was reversed, as staff entered it. */
  reason: string | null
  conversion: { at: number; paidOn: string | null; holdDays: number } | null
  reward: RewardFacts | null
}

export type RewardFacts = {
  kind: RewardKindName
  status: 'pending' | 'issued' | 'redeemed' | 'voided'
  text: string | null
  amount: number
  currency: Currency
  availableAt: number
  needsApproval: boolean
  /** Why it was rejected. */
  reason: string | null
  redeemedAt: number | null
  updatedAt: number
  /** The assigned discount code. */
  code: string | null
  /** The delivered gift card; null while there is none. */
  card: PortalCard | null
}

type ProgressText = Pick<PortalFriend, 'amount' | 'amountText' | 'whenText' | 'why'> & {
  code?: string
  card?: PortalCard
}
/** What the text about a friend's progress depends on. `offer` is the reward for one friend: "5% back", "" for none. */
export type Setting = { timeZone: string; now: number; offer: string; words: Words }

const slowAfter = 3 * dayMs

/** The friend's name within a sentence: the first name, or "your friend" if there is none. */
export const nameInSentence = (displayName: string | null, { say }: Words): string =>
  displayName === null ? say('credit.friend') : firstName(displayName)

/** Describes a referral's progress for the portal (UI.md §5): how much, when, and what it is waiting for. */
export function describeFriend(friend: FriendFacts, setting: Setting): PortalFriend {
  const { status, sentAt } = friend
  const displayName = friend.displayName ?? setting.words.unnamed.first
  const wording = progressTexts[status](friend, setting)
  return {
    displayName,
    initials: initials(displayName),
    status,
    at: new Date(sentAt).toISOString(),
    code: null,
    card: null,
    ...wording,
  }
}

const dayIn = ({ timeZone, words }: Setting, at: number) => words.day(at, timeZone)

const progressTexts: Record<ReferralStatus, (friend: FriendFacts, setting: Setting) => ProgressText> = {
  pending: ({ sentAt, displayName }, setting) => {
    const { say } = setting.words
    const name = nameInSentence(displayName, setting.words)
    const isSlow = setting.now - sentAt >= slowAfter
    return {
      amount: null,
      amountText: setting.offer,
      whenText: say('credit.when.sent', { day: dayIn(setting, sentAt) }),
      why: say(isSlow ? 'credit.why.contactLate' : 'credit.why.contact', { friend: name }),
    }
  },
  accepted: ({ changedAt, displayName }, setting) => {
    const { say } = setting.words
    return {
      amount: null,
      amountText: setting.offer,
      whenText: say('credit.when.since', { day: dayIn(setting, changedAt) }),
      why: setting.offer === '' ? null : say('credit.why.paid', { friend: nameInSentence(displayName, setting.words) }),
    }
  },
  converted: (friend, setting) => describeConverted(friend, setting),
  declined: ({ changedAt }, setting) => closed(dayIn(setting, changedAt), null),
  expired: ({ changedAt, displayName }, setting) => {
    const { say, start } = setting.words
    const why = start(say('credit.why.expired', { friend: nameInSentence(displayName, setting.words) }))
    return closed(dayIn(setting, changedAt), why)
  },
  reversed: ({ changedAt, reason }, setting) => closed(dayIn(setting, changedAt), withReason(reason, setting)),
}

const withReason = (reason: string | null, { words }: Setting): string | null =>
  reason ? words.say('credit.why.because', { reason }) : null

const closed = (whenText: string, why: string | null): ProgressText => ({ amount: null, amountText: '', whenText, why })

function describeConverted(friend: FriendFacts, setting: Setting): ProgressText {
  const { reward, conversion } = friend
  const { words } = setting
  const { say } = words
  const bookedAt = conversion?.at ?? friend.changedAt
  if (!reward) return closed(say('credit.when.booked', { day: dayIn(setting, bookedAt) }), null)
  const what = kinds[reward.kind].isBalance
    ? { amount: reward.amount, amountText: '' }
    : { amount: null, amountText: words.start(describeReward(reward, words)) }
  const { status, code, card } = reward
  if (status === 'pending') return { ...what, ...describeWait(friend, reward, setting) }
  if (status === 'voided') {
    return closed(
      say('credit.when.notGiven', { day: dayIn(setting, reward.updatedAt) }),
      withReason(reward.reason, setting),
    )
  }
  const given = { ...what, ...(code === null ? {} : { code }), ...(card === null ? {} : { card }), why: null }
  if (status === 'redeemed') {
    const day = dayIn(setting, reward.redeemedAt ?? reward.updatedAt)
    return { ...given, whenText: say('credit.when.used', { day }) }
  }
  const day = dayIn(setting, Math.max(bookedAt, reward.availableAt))
  return { ...given, whenText: say('credit.when.added', { day }) }
}

/** What a pending reward is waiting for, and until or since when (SPEC §7). */
function describeWait(
  friend: FriendFacts,
  reward: RewardFacts,
  setting: Setting,
): Pick<ProgressText, 'whenText' | 'why'> {
  const { say } = setting.words
  const due = { day: dayIn(setting, reward.availableAt) }
  if (reward.availableAt > setting.now) {
    const hold = describeHold(friend, setting)
    if (!reward.needsApproval) return { whenText: say('credit.when.expected', due), why: hold }
    const then = say('credit.why.thenApproval', due)
    return { whenText: say('credit.when.notBefore', due), why: hold === null ? then : `${hold} ${then}` }
  }
  if (reward.needsApproval) return { whenText: say('credit.when.ready', due), why: say('credit.why.approval', due) }
  const { waitsFor } = kinds[reward.kind]
  if (waitsFor !== null) return { whenText: say('credit.when.due', due), why: say(`credit.why.${waitsFor}`, due) }
  return { whenText: say('credit.when.expected', due), why: describeHold(friend, setting) }
}

/** "Waiting because rewards clear 14 days after a job is paid. Priya’s was paid May 29." */
function describeHold({ conversion, displayName }: FriendFacts, setting: Setting): string | null {
  if (!conversion || conversion.holdDays === 0) return null
  const { say, start } = setting.words
  const { paidOn, holdDays: days } = conversion
  const friend = nameInSentence(displayName, setting.words)
  const day = dayIn(setting, paidOn ? startOfDay(paidOn, setting.timeZone) : conversion.at)
  const [rule, when] = paidOn
    ? [say('credit.why.clearsPaid', { days }), say('credit.why.wasPaid', { friend, day })]
    : [say('credit.why.clearsDone', { days }), say('credit.why.wasDone', { friend, day })]
  return `${rule} ${start(when)}`
}

export type HistoryFacts = {
  code: TransferCode
  /** Whether available credit increased or decreased. */
  direction: 'in' | 'out'
  /** It was voided before it became available. */
  wasHeld: boolean
  side: 'advocate' | 'friend' | null
  /** The friend's reward was taken off the job that earned it. */
  offThisJob: boolean
  /** The friend the reward was for, masked; null if there is none. */
  friendName: string | null
}

type Earned = Pick<HistoryFacts, 'side' | 'offThisJob' | 'friendName'>

const welcomeOf = ({ offThisJob }: Pick<Earned, 'offThisJob'>, { say }: Words) =>
  say(offThisJob ? 'credit.history.welcomeDiscount' : 'credit.history.welcome')

const rewardNamed = (reward: Earned, words: Words) =>
  reward.side === 'friend' ? welcomeOf(reward, words) : (reward.friendName ?? words.say('credit.history.reward'))

/** The amount owed back after it. */
export const reversedAfterUse = (reward: Earned, words: Words): string =>
  words.say('credit.history.takenBackAfter', { what: rewardNamed(reward, words) })

/** Describes a ledger line for the contact it belongs to. */
export function describeTransfer(facts: HistoryFacts, words: Words): string {
  const { code, direction, wasHeld, side, offThisJob, friendName } = facts
  const { say, start } = words
  const what = rewardNamed(facts, words)
  if (code === 'redemption') return say(offThisJob ? 'credit.history.offJob' : 'credit.history.used')
  if (code === 'set_off') return say('credit.history.setOff')
  if (code === 'opening') return say('credit.history.opening')
  if (code === 'merge') return say('credit.history.merge')
  if (code === 'adjustment') return say(direction === 'in' ? 'credit.history.added' : 'credit.history.removed')
  if (code === 'reward_voided' || (code === 'reversal' && wasHeld))
    return say('credit.history.takenBackBefore', { what })
  if (code === 'reversal')
    return say(direction === 'out' ? 'credit.history.takenBack' : 'credit.history.givenBack', { what })
  if (side === 'friend') return start(welcomeOf(facts, words))
  return friendName === null
    ? say('credit.history.someoneBooked')
    : say('credit.history.booked', { friend: friendName })
}
