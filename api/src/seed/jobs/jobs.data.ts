/** How long ago the demo's job system was connected. */
export const connectedDaysAgo = 45
/** The lowest score after which a customer is asked. */
export const enoughToAsk = 4

/**
 * A job of a customer with a name in the demo. `done` counts days back from today; the hours after it say when the score
 * and the invoice came. Amounts are cents.
 */
export type JobStory = {
  customer: string
  title: string
  value: number
  done: number
  review?: { score: number; afterHours: number }
  /** Nobody has called the unhappy customer yet. */
  isToCall?: true
  invoicedAfterHours?: number
  /** Their system knows no address of theirs. */
  isUnreachable?: boolean
  /** When the customer looked at the page they were asked to share. */
  opensAfterHours?: number
  /** When staff held the ask back. */
  heldAfterHours?: number
  /** The first report came a second time, as the same delivery or as one of its own. */
  repeated?: 'delivery' | 'event'
}

/** Who was asked after a job, joined, and referred a friend of theirs: see `friendStories`. */
export const gloria = 'Gloria Ruiz'
export const stefan = 'Stefan Marek'

export const jobStories: JobStory[] = [
  {
    customer: 'Harriet Vogel',
    title: 'Shower valve',
    value: 54_000,
    done: 41,
    review: { score: 5, afterHours: 4 },
    invoicedAfterHours: 20,
  },
  {
    customer: gloria,
    title: 'Toilet repair',
    value: 46_000,
    done: 33,
    review: { score: 5, afterHours: 5 },
    invoicedAfterHours: 26,
    opensAfterHours: 40,
  },
  {
    customer: 'Marcus Tate',
    title: 'Yearly check',
    value: 14_500,
    done: 26,
    review: { score: 5, afterHours: 6 },
    invoicedAfterHours: 23,
  },
  {
    customer: 'Tobias Klein',
    title: 'Garbage disposal',
    value: 29_500,
    done: 20,
    review: { score: 3, afterHours: 8 },
    invoicedAfterHours: 24,
  },
  {
    customer: stefan,
    title: 'Water heater flush',
    value: 18_000,
    done: 17,
    review: { score: 5, afterHours: 18 },
    invoicedAfterHours: 22,
    opensAfterHours: 50,
  },
  {
    customer: 'Colleen Byrne',
    title: 'Leak under the sink',
    value: 31_500,
    done: 12,
    review: { score: 4, afterHours: 3 },
    invoicedAfterHours: 19,
    opensAfterHours: 30,
    repeated: 'event',
  },
  {
    customer: 'Nina Kovač',
    title: 'Sewer camera',
    value: 62_000,
    done: 9.3,
    review: { score: 5, afterHours: 2 },
    heldAfterHours: 2.5,
    invoicedAfterHours: 28,
  },
  {
    customer: 'Harriet Vogel',
    title: 'Faucet replacement',
    value: 27_000,
    done: 2.2,
    review: { score: 5, afterHours: 6 },
    invoicedAfterHours: 21,
  },
  {
    customer: 'Ed Castellano',
    title: 'Sump pump',
    value: 88_000,
    done: 1.4,
    review: { score: 2, afterHours: 31 },
    isToCall: true,
  },
  { customer: 'Sam Keller', title: 'Kitchen drain', value: 36_000, done: 1.1 },
  { customer: 'Dana Whitfield', title: 'Garden tap', value: 31_000, done: 0.22, repeated: 'delivery' },
  {
    customer: 'G. Marsh',
    title: 'Drain cleaning',
    value: 24_000,
    done: 0.16,
    review: { score: 5, afterHours: 2 },
    isUnreachable: true,
  },
  {
    customer: 'Owen Price',
    title: 'Water heater flush',
    value: 19_500,
    done: 0.1,
    review: { score: 5, afterHours: 1.7 },
  },
  { customer: 'Rosa Medina', title: 'Drain cleaning', value: 38_500, done: 0.012 },
]

/** Finished before the system was connected, and reported on that day. */
export const oldJobs = [
  { customer: 'Leonard Abbott', job: '3811', done: 150, value: 41_000 },
  { customer: 'Wilma Sutter', job: '3977', done: 96, value: 126_000 },
  { customer: 'Parvati Rao', job: '4059', done: 71, value: 23_500 },
]

/** The whole payment went back, after the job had converted a referral. */
export const refunded = { friend: 'Omar Haddad', daysAgo: 0.06 }

/** Done for a customer whom the system doesn't know, and entered by Joe. */
export const enteredByHand = {
  daysAgo: 4.1,
  customer: { name: 'Agnes Lund', email: 'agnes.lund@mail.example' },
  title: 'Outdoor faucet',
  value: 18_500,
  state: 'invoiced' as const,
  score: 5,
}

export const jobTitles = [
  'Drain cleaning',
  'Water heater flush',
  'Faucet replacement',
  'Toilet repair',
  'Leak under the sink',
  'Shower valve',
  'Pipe insulation',
  'Backflow test',
  'Sewer camera',
  'Gas line check',
]
