import type { Person } from './people.generated.ts'
import type { Random } from './random.ts'

export type Program = 'neighbors' | 'partners'

/** One referral and its outcome; timestamps in milliseconds, amounts in cents. */
export type PlannedReferral = {
  program: Program
  advocate: string
  friend: Person
  message: string | null
  /** Whether the friend submitted it or staff entered it after a call. */
  by: 'friend' | 'staff'
  /** The network of the form. */
  network: string
  sentAt: number
  acceptedAt: number | null
  declined: { at: number; reason: string } | null
  converted: PlannedConversion | null
}

export type PlannedConversion = {
  at: number
  jobValue: number
  paidOn: string
  invoice: string
  /** The number of the job whose invoice converts the referral; null if staff convert it. */
  job: string | null
  /** When each side uses its reward; null if never. */
  friendUsesAt: number | null
  advocateUsesAt: number | null
  reversedAt: number | null
}

/** What a year is planned with. */
export type Tools = {
  now: number
  timeZone: string
  random: Random
  phones: Generator<string, never>
  names: Generator<string, never>
}
