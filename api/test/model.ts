import { day, midnightAfter, rules } from './model.rules.ts'
import type { Converted, Referral, Side, Status, Verdict } from './model.shapes.ts'

/** A person who comes back after being erased is a new identity, with no link between the two. */
const erasedFrom = 1_000

/**
 * A program with one campaign in its simplest form: lists that are counted again for every question. It shares no code
 * with what it is compared to. Amounts in cents, times in ms.
 */
export function createModel(firstAdvocates: number[], start: number) {
  let now = start
  const referrals: Referral[] = []
  const advocates = new Map<number, 'active' | 'away'>(firstAdvocates.map((person) => [person, 'active']))
  /** The owner of each enrollment; a merge moves them. */
  const enrollmentOf = new Map(firstAdvocates.map((person) => [person, person]))
  const watched = new Set<number>([rules.watched])
  const identities = new Map<number, number>()
  const erased = new Set<number>()
  /** Numbers for identities and enrollments that are created later. */
  let made = 0
  const who = (person: number) => identities.get(person) ?? person
  /** The sum of redemptions and manual adjustments. */
  const byHand = new Map<number, number>()

  const live = (one: Referral) => one.status === 'pending' || one.status === 'accepted'
  const blocks = (one: Referral) => live(one) || one.status === 'converted'
  const blocking = (by: number, friend: number) =>
    referrals.some((one) => one.by === by && one.friend === friend && blocks(one))
  const standing = () =>
    referrals.flatMap((one) => (one.status === 'converted' && one.converted ? [{ ...one, ...one.converted }] : []))
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

  const sidesOf = ({ sides }: Converted) => [sides.advocate, sides.friend]
  const paid = (side: Side) => (side.state === 'refused' ? 0 : side.amount)
  const leftOfBudget = () => rules.budget - sum(standing().flatMap((one) => sidesOf(one).map(paid)))
  const broughtBy = (by: number) => standing().filter((one) => one.by === by)
  const underCap = (by: number) => rules.advocateCap - sum(broughtBy(by).map((one) => paid(one.sides.advocate)))
  const amounts = (person: number, state: Side['state']) =>
    sum(
      standing().flatMap((one) =>
        sidesOf(one).map((side) => (side.whose === person && side.state === state ? side.amount : 0)),
      ),
    )
  /** A negative amount is owed back. */
  const net = (person: number) => amounts(person, 'out') + (byHand.get(person) ?? 0)
  const available = (person: number) => Math.max(0, net(person))
  const fresh = () => {
    made += 1
    return erasedFrom + made
  }
  const enroll = (person: number) => {
    const enrollment = enrollmentOf.get(person) ?? fresh()
    enrollmentOf.set(person, enrollment)
    advocates.set(person, 'active')
    return enrollment
  }
  const known = (one: number) => firstAdvocates.includes(one) || referrals.some(({ friend }) => friend === one)
  const comesOut = (side: Side) => {
    if (side.state === 'waits' && side.approved && side.availableAt <= now) side.state = 'out'
  }

  function introduction(by: number, friend: number, itself?: Referral): Verdict {
    if (advocates.get(by) !== 'active') return 'code_unknown'
    if (by === friend) return 'self_referral'
    if (advocates.has(friend) && blocking(friend, by)) return 'referral_loop'
    if (advocates.get(friend) === 'active') return 'friend_is_advocate'
    if (blocking(by, friend)) return 'already_referred'
    const others = referrals.filter((one) => one !== itself && one.by === by && live(one))
    if (others.length >= rules.liveMax) return 'advocate_limit_reached'
    if (standing().some((one) => one.friend === friend)) return 'existing_customer'
    return 'done'
  }

  function submit(by: number, friend: number): Verdict {
    const verdict = introduction(who(by), who(friend))
    if (verdict === 'done')
      referrals.push({ by: who(by), friend: who(friend), status: 'pending', at: now, converted: null })
    return verdict
  }

  /** Staff attribute the friend to another advocate. */
  function attribute(nth: number, person: number): Verdict {
    const one = referrals[nth]
    const by = who(person)
    if (advocates.get(by) !== 'active') return 'code_unknown'
    if (!one || !live(one)) return 'transition_not_allowed'
    if (one.by === by) return 'done'
    const verdict = introduction(by, one.friend, one)
    if (verdict === 'done') one.by = by
    return verdict
  }

  function reopen(nth: number): Verdict {
    const one = referrals[nth]
    if (!one || (one.status !== 'declined' && one.status !== 'expired')) return 'transition_not_allowed'
    if (erased.has(one.friend)) return 'contact_gone'
    const rivals = referrals.filter((other) => other !== one && other.friend === one.friend)
    if (rivals.some((other) => other.status === 'converted')) return 'rival_converted'
    if (rivals.some((other) => other.by === one.by && live(other))) return 'already_referred'
    one.status = 'pending'
    one.at = now
    return 'done'
  }

  /** Closes the friend's open referrals and deactivates their enrollments; every sum stays. */
  function erase(person: number): Verdict {
    const gone = who(person)
    if (!known(gone)) return 'not_found'
    for (const one of referrals) if (one.friend === gone && live(one)) one.status = 'declined'
    if (advocates.has(gone)) advocates.set(gone, 'away')
    erased.add(gone)
    // People who shared the contact through a merge come back separately.
    for (let other = 0; other < erasedFrom; other += 1) if (who(other) === gone) identities.set(other, fresh())
    return 'done'
  }

  /** Merges two identities of the same person. `kept` stays. */
  function merge(keptPerson: number, otherPerson: number): Verdict {
    const [kept, gone] = [who(keptPerson), who(otherPerson)]
    if (!known(kept) || !known(gone)) return 'not_found'
    const asFriend = (person: number) => referrals.filter((one) => one.friend === person && blocks(one))
    const clash = asFriend(gone).some((one) =>
      asFriend(kept).some(
        (other) => one.by === other.by || (one.status === 'converted' && other.status === 'converted'),
      ),
    )
    const brought = (person: number) => referrals.filter((one) => one.by === person && blocks(one))
    const bothBrought = brought(gone).some((one) => brought(kept).some((other) => other.friend === one.friend))
    if (kept === gone || blocking(kept, gone) || blocking(gone, kept) || clash || bothBrought)
      return 'merge_not_possible'
    for (const one of referrals) {
      if (one.by === gone) one.by = kept
      if (one.friend === gone) one.friend = kept
      if (one.converted) for (const side of sidesOf(one.converted)) if (side.whose === gone) side.whose = kept
    }
    const winner = referrals.some((one) => one.friend === kept && one.status === 'converted')
    for (const one of referrals) if (one.friend === kept && live(one) && winner) one.status = 'expired'
    joinEnrollments(kept, gone)
    byHand.set(kept, (byHand.get(kept) ?? 0) + (byHand.get(gone) ?? 0))
    byHand.delete(gone)
    for (let person = 0; person < erasedFrom; person += 1) if (who(person) === gone) identities.set(person, kept)
    return 'done'
  }

  function joinEnrollments(kept: number, gone: number): void {
    const theirs = advocates.get(gone)
    if (theirs === undefined) return
    if (!enrollmentOf.has(kept)) enrollmentOf.set(kept, enrollmentOf.get(gone) ?? 0)
    if (theirs === 'active' || !advocates.has(kept)) advocates.set(kept, theirs)
    if (watched.has(gone)) watched.add(kept)
    advocates.delete(gone)
    enrollmentOf.delete(gone)
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
    const friendGets = Math.min(rules.friendGets, leftOfBudget())
    const bonus = broughtBy(one.by).length + 1 === rules.bonusAt ? rules.bonus : 0
    const earned = Math.round(jobValue * rules.shareOfJob) + bonus
    const rest = Math.max(0, Math.min(earned, underCap(one.by), leftOfBudget() - friendGets))
    const advocateGets = erased.has(one.by) ? 0 : rest
    const enrolled = advocates.get(one.friend) === 'active' ? null : enroll(one.friend)
    const approved = !watched.has(one.by)
    const side = (whose: number, amount: number, availableAt: number): Side => ({
      whose,
      amount,
      availableAt,
      approved,
      state: 'waits',
    })
    const sides = {
      advocate: side(one.by, advocateGets, midnightAfter(now, rules.holdDays)),
      friend: side(one.friend, friendGets, now),
    }
    one.converted = { jobValue, made: enrolled, sides }
    comesOut(sides.friend)
    one.status = 'converted'
    for (const other of rivals) if (live(other)) other.status = 'expired'
    return 'done'
  }

  function reverse(nth: number, owe: boolean): Verdict {
    const one = referrals[nth]
    if (!one?.converted || one.status !== 'converted') return 'transition_not_allowed'
    const { converted } = one
    const used = ({ whose, amount, state }: Side) => state === 'out' && available(whose) < amount
    if (!owe && sidesOf(converted).some(used)) return 'credit_spent'
    one.status = 'reversed'
    for (const [owner, enrollment] of enrollmentOf) {
      const refers = referrals.some((other) => other.by === owner)
      if (enrollment === converted.made && !refers) advocates.set(owner, 'away')
    }
    return 'done'
  }

  function redeem(person: number, amount: number): Verdict {
    const whose = who(person)
    if (available(whose) < amount) return 'credit_insufficient'
    byHand.set(whose, (byHand.get(whose) ?? 0) - amount)
    return 'done'
  }

  function adjust(person: number, amount: number): Verdict {
    const whose = who(person)
    if (!known(whose)) return 'not_found'
    if (available(whose) + amount < 0) return 'credit_insufficient'
    byHand.set(whose, (byHand.get(whose) ?? 0) + amount)
    return 'done'
  }

  /** Approves both rewards of a converted referral, if they are waiting for it. Returns how many there were. */
  function settle(nth: number, verdict: 'approve' | 'refuse'): number {
    const one = referrals[nth]
    if (!one?.converted || one.status !== 'converted') return 0
    const waiting = sidesOf(one.converted).filter(
      (side) => side.amount > 0 && side.state === 'waits' && (verdict === 'refuse' || !side.approved),
    )
    for (const side of waiting) {
      if (verdict === 'refuse') side.state = 'refused'
      else side.approved = true
      comesOut(side)
    }
    return waiting.length
  }

  const refused = (): [nth: number, which: keyof Converted['sides']][] =>
    referrals.flatMap(({ converted }, nth) =>
      (['advocate', 'friend'] as const).flatMap((which) =>
        converted?.sides[which].state === 'refused' ? [[nth, which]] : [],
      ),
    )

  /** Reinstates a rejected reward, if the limits still leave room for it. */
  function reinstate(nth: number, which: keyof Converted['sides']): Verdict {
    const one = referrals[nth]
    const side = one?.converted?.sides[which]
    if (!side || one.status !== 'converted') return 'reward_not_refused'
    if (erased.has(side.whose)) return 'contact_gone'
    const left = which === 'advocate' ? Math.min(leftOfBudget(), underCap(one.by)) : leftOfBudget()
    if (left < side.amount) return 'reward_over_limit'
    side.approved = true
    side.state = 'waits'
    comesOut(side)
    return 'done'
  }

  return {
    submit,
    attribute,
    reopen,
    erase,
    merge,
    accept: (nth: number) => move(nth, ['pending'], 'accepted'),
    unaccept: (nth: number) => move(nth, ['accepted'], 'pending'),
    decline: (nth: number) => move(nth, ['pending', 'accepted'], 'declined'),
    convert,
    reverse,
    redeem,
    adjust,
    settle,
    refused,
    reinstate,
    advance(days: number) {
      now += days * day
    },
    release() {
      for (const one of standing()) for (const side of sidesOf(one)) comesOut(side)
    },
    expire() {
      for (const one of referrals)
        if (one.status === 'pending' && one.at + rules.pendingDays * day <= now) one.status = 'expired'
    },
    count: () => referrals.length,
    statuses: () => referrals.map((one) => one.status),
    /** One person's figures; null before they ever had any. */
    balance: (person: number) => ({
      available: available(who(person)),
      held: amounts(who(person), 'waits'),
      owed: Math.max(0, -net(who(person))),
    }),
    converted: () => standing().length,
  }
}
