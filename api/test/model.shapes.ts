/**
 * One side of a conversion: the owner of the reward (a person's number), cents, and the time it becomes available in
 * ms.
 */
export type Side = {
  whose: number
  amount: number
  availableAt: number
  approved: boolean
  state: 'waits' | 'out' | 'refused'
}
/** `made`: the enrollment that the conversion created or reactivated. */
export type Converted = { jobValue: number; made: number | null; sides: { advocate: Side; friend: Side } }
export type Status = 'pending' | 'accepted' | 'converted' | 'declined' | 'expired' | 'reversed'
export type Referral = { by: number; friend: number; status: Status; at: number; converted: Converted | null }

/** The expected result of a step: done, or rejected with this code. */
export type Verdict = 'done' | string
