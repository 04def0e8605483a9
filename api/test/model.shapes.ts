/** One side of a conversion: whose reward it is (a person's number), cents, and the moment it comes out in ms. */
export type Side = {
  whose: number
  amount: number
  availableAt: number
  approved: boolean
  state: 'waits' | 'out' | 'refused'
}
/** `made`: the enrollment that the conversion made or took up again. */
export type Converted = { jobValue: number; made: number | null; sides: { advocate: Side; friend: Side } }
export type Status = 'pending' | 'accepted' | 'converted' | 'declined' | 'expired' | 'reversed'
export type Referral = { by: number; friend: number; status: Status; at: number; converted: Converted | null }

/** What a step must answer: done, or refused with this code. */
export type Verdict = 'done' | string
