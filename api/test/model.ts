/**
 * The program of one campaign in the simplest words: lists that are counted anew for every question. Knows nothing of the
 * code it is compared with; amounts in cents, moments in ms.
 */
export const rules = {
  shareOfJob: 0.05,
  friendGets: 2_000,
  bonusAt: 2,
  bonus: 1_000,
  advocateCap: 30_000,
  budget: 60_000,
  holdDays: 14,
  liveMax: 3,
  pendingDays: 30,
} as const

const day = 86_400_000
/** Los Angeles in summer time. */
const midnightAfter = (at: number, days: number) =>
  Math.floor((at - 7 * 3_600_000) / day) * day + 7 * 3_600_000 + days * day

type Converted = {
  jobValue: number
  advocateGets: number
  friendGets: number
  availableAt: number
  released: boolean
  madeAdvocate: boolean
}
type Status = 'pending' | 'accepted' | 'converted' | 'declined' | 'expired' | 'reversed'
type Referral = { by: number; friend: number; status: Status; at: number; converted: Converted | null }

/** What a step must answer: done, or refused with this code. */
export type Verdict = 'done' | string

export function createModel(firstAdvocates: number[], start: number) {
  let now = start
  const referrals: Referral[] = []
  const advocates = new Map<number, 'active' | 'away'>(firstAdvocates.map((person) => [person, 'active']))
  const redeemed = new Map<number, number>()

  const live = (one: Referral) => one.status === 'pending' || one.status === 'accepted'
  const blocks = (one: Referral) => live(one) || one.status === 'converted'
  const blocking = (by: number, friend: number) =>
    referrals.some((one) => one.by === by && one.friend === friend && blocks(one))
  const standing = () =>
    referrals.flatMap((one) => (one.status === 'converted' && one.converted ? [{ ...one, ...one.converted }] : []))
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

  const available = (person: number) =>
    sum(standing().map((one) => (one.friend === person ? one.friendGets : 0))) +
    sum(standing().map((one) => (one.by === person && one.released ? one.advocateGets : 0))) -
    (redeemed.get(person) ?? 0)
  const held = (person: number) =>
    sum(standing().map((one) => (one.by === person && !one.released ? one.advocateGets : 0)))

  function submit(by: number, friend: number): Verdict {
    if (advocates.get(by) !== 'active') return 'code_unknown'
    if (by === friend) return 'self_referral'
    if (advocates.has(friend) && blocking(friend, by)) return 'referral_loop'
    if (advocates.get(friend) === 'active') return 'friend_is_advocate'
    if (blocking(by, friend)) return 'already_referred'
    if (referrals.filter((one) => one.by === by && live(one)).length >= rules.liveMax) return 'advocate_limit_reached'
    if (standing().some((one) => one.friend === friend)) return 'existing_customer'
    referrals.push({ by, friend, status: 'pending', at: now, converted: null })
    return 'done'
  }

  function move(nth: number, from: Status[], to: Status): Verdict {
    const one = referrals[nth]
    if (!one || !from.includes(one.status)) return 'transition_not_allowed'
    one.status = to
    return 'done'
  }

  function convert(nth: number, jobValue: number): Verdict {
    const one = referrals[nth]
    if (!one) return 'not_found'
    if (one.status === 'converted') return one.converted?.jobValue === jobValue ? 'done' : 'conversion_differs'
    const rivals = referrals.filter((other) => other !== one && other.friend === one.friend)
    if (rivals.some((other) => other.status === 'converted')) return 'rival_converted'
    if (!live(one)) return 'transition_not_allowed'
    const spent = sum(standing().map((other) => other.advocateGets + other.friendGets))
    const own = standing().filter((other) => other.by === one.by)
    const friendGets = Math.min(rules.friendGets, rules.budget - spent)
    const bonus = own.length + 1 === rules.bonusAt ? rules.bonus : 0
    const earned = Math.round(jobValue * rules.shareOfJob) + bonus
    const underCap = rules.advocateCap - sum(own.map((other) => other.advocateGets))
    const advocateGets = Math.max(0, Math.min(earned, underCap, rules.budget - spent - friendGets))
    const madeAdvocate = advocates.get(one.friend) !== 'active'
    one.converted = {
      jobValue,
      advocateGets,
      friendGets,
      madeAdvocate,
      released: false,
      availableAt: midnightAfter(now, rules.holdDays),
    }
    one.status = 'converted'
    for (const other of rivals) if (live(other)) other.status = 'expired'
    advocates.set(one.friend, 'active')
    return 'done'
  }

  function reverse(nth: number): Verdict {
    const one = referrals[nth]
    if (!one?.converted || one.status !== 'converted') return 'transition_not_allowed'
    const { converted } = one
    if (converted.released && available(one.by) < converted.advocateGets) return 'credit_spent'
    if (available(one.friend) < converted.friendGets) return 'credit_spent'
    one.status = 'reversed'
    const used = referrals.some((other) => other.by === one.friend)
    if (converted.madeAdvocate && !used) advocates.set(one.friend, 'away')
    return 'done'
  }

  function redeem(person: number, amount: number): Verdict {
    if (available(person) < amount) return 'refused'
    redeemed.set(person, (redeemed.get(person) ?? 0) + amount)
    return 'done'
  }

  return {
    submit,
    accept: (nth: number) => move(nth, ['pending'], 'accepted'),
    unaccept: (nth: number) => move(nth, ['accepted'], 'pending'),
    decline: (nth: number) => move(nth, ['pending', 'accepted'], 'declined'),
    convert,
    reverse,
    redeem,
    advance(days: number) {
      now += days * day
    },
    release() {
      for (const one of referrals)
        if (one.converted && one.status === 'converted' && one.converted.availableAt <= now)
          one.converted.released = true
    },
    expire() {
      for (const one of referrals)
        if (one.status === 'pending' && one.at + rules.pendingDays * day <= now) one.status = 'expired'
    },
    count: () => referrals.length,
    statuses: () => referrals.map((one) => one.status),
    /** What one person has; nothing before anything was ever theirs. */
    balance: (person: number) => ({ available: available(person), held: held(person) }),
    converted: () => standing().length,
  }
}
