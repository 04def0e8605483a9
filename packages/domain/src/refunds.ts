import { assert } from './invariant.ts'

/**
 * What a job system says about refunds, by the event's own time. Some name each refund, some only say how much was refunded
 * in all, and some list all refunds that stand. Amounts in minor units, zero or more.
 */
export type RefundNote =
  | { type: 'refund'; id: string; amount: number; status: 'pending' | 'succeeded' | 'failed' | 'canceled'; at: number }
  | { type: 'total'; amount: number; at: number }
  | { type: 'list'; refunds: readonly { id: string; amount: number }[]; at: number }

type Named = Extract<RefundNote, { type: 'refund' }>
type Total = Extract<RefundNote, { type: 'total' }>
type List = Extract<RefundNote, { type: 'list' }>

/** One refund that stands. `id` is null if only a total told of it. */
export type Refund = { id: string | null; amount: number }

/**
 * The refunds of a job that stand, from everything that was said of them, in whatever order and however often. A total and
 * the refunds that are named are about the same money, so the larger one counts. Pending refunds don't stand yet; failed and
 * deleted ones don't any more.
 */
export function refundsOf(notes: readonly RefundNote[]): { refunds: Refund[]; total: number } {
  for (const note of notes) {
    for (const amount of note.type === 'list' ? note.refunds.map((one) => one.amount) : [note.amount])
      assert(Number.isSafeInteger(amount) && amount >= 0, `cannot refund ${amount}`)
  }
  const named = notes.filter((note): note is Named => note.type === 'refund')
  const standing = standingById(
    latestById(named),
    notes.filter((note): note is List => note.type === 'list'),
  )
  const refunds: Refund[] = [...standing].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, amount]) => ({ id, amount }))
  const ofIds = sumOf(refunds)
  const totals = inOrder(notes.filter((note): note is Total => note.type === 'total'))
  const rest = Math.max(0, totalNow(totals, named) - ofIds)
  return { refunds: [...refunds, ...unnamed(rest, totals, refunds)], total: ofIds + rest }
}

const sumOf = (refunds: readonly { amount: number }[]): number => refunds.reduce((sum, { amount }) => sum + amount, 0)

/** By time; of two at once, the one that says more is the later one. */
const inOrder = <T extends Total | List>(notes: readonly T[]): T[] =>
  [...notes].sort((a, b) => a.at - b.at || saidBy(a) - saidBy(b))
const saidBy = (note: Total | List): number => (note.type === 'total' ? note.amount : sumOf(note.refunds))

/** Of two notes at once, the further step counts. */
const steps: readonly Named['status'][] = ['pending', 'succeeded', 'canceled', 'failed']

function latestById(notes: readonly Named[]): Map<string, Named> {
  const byStep = [...notes].sort((a, b) => a.at - b.at || steps.indexOf(a.status) - steps.indexOf(b.status))
  return new Map(byStep.map((note) => [note.id, note]))
}

function standingById(named: ReadonlyMap<string, Named>, lists: readonly List[]): Map<string, number> {
  const standing = new Map(
    [...named.values()].flatMap(({ id, amount, status }) => (status === 'succeeded' ? [[id, amount] as const] : [])),
  )
  const newest = inOrder(lists).at(-1)
  if (!newest) return standing
  const listed = new Map(newest.refunds.map(({ id, amount }) => [id, amount]))
  for (const { refunds } of lists) for (const { id } of refunds) if (!listed.has(id)) standing.delete(id)
  for (const [id, amount] of listed) standing.set(id, amount)
  return standing
}

/** The newest total, less what it counted and what failed since. */
function totalNow(totals: readonly Total[], notes: readonly Named[]): number {
  const newest = totals.at(-1)
  if (!newest) return 0
  const counted = new Set(notes.filter(({ at }) => at <= newest.at).map(({ id }) => id))
  const failed = [...latestById(notes).values()].filter(
    ({ id, status, at }) => ended.has(status) && at > newest.at && counted.has(id),
  )
  return newest.amount - sumOf(failed)
}

const ended: ReadonlySet<Named['status']> = new Set(['failed', 'canceled'])

/** What no id stands for: the steps in which the total grew, or one sum if they don't add up to it. */
function unnamed(rest: number, totals: readonly Total[], refunds: readonly Refund[]): Refund[] {
  if (rest === 0) return []
  const grew: number[] = []
  let most = 0
  for (const { amount } of totals) {
    if (amount > most) grew.push(amount - most)
    most = Math.max(most, amount)
  }
  for (const { amount } of refunds) {
    const same = grew.indexOf(amount)
    if (same >= 0) grew.splice(same, 1)
  }
  const amounts = grew.reduce((sum, amount) => sum + amount, 0) === rest ? grew : [rest]
  return amounts.map((amount) => ({ id: null, amount }))
}
