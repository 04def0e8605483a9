import fc from 'fast-check'

export const names = [
  'Anna Kowalski',
  'Marcus Tate',
  'Rosa Diaz',
  'Priya Shah',
  'Dev Patel',
  'Lena Fox',
  'Omar Aziz',
  'Mei Lin',
  'Sam Reed',
  'Ida Berg',
]
export const people = names.map((name, n) => ({ name, email: `person${n}@mail.example`, phone: `+1415555020${n}` }))
export const firstAdvocates = [0, 1, 2]

/** Usually the first three refer the others; sometimes anyone refers anyone. */
const anyone = fc.nat(people.length - 1)
const by = fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 2, arbitrary: anyone })
const friend = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 3, max: people.length - 1 }) },
  { weight: 2, arbitrary: anyone },
)
/** Picks an existing referral, usually a recent one. */
const nth = fc.oneof({ weight: 2, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(30) })
const jobValue = fc.constantFrom(1, 10, 40_000, 99_990, 125_000, 400_000)
export const step = fc.oneof(
  { weight: 9, arbitrary: fc.record({ do: fc.constant('submit' as const), by, friend }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('convert' as const), nth, jobValue }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('race' as const), nth, other: nth, jobValue }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('accept' as const, 'unaccept' as const, 'decline' as const, 'reopen' as const),
      nth,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('reverse' as const), nth, owe: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('attribute' as const), nth, by }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), person: anyone }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), person: anyone, other: anyone }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('approve' as const, 'refuse' as const), nth }) },
  {
    weight: 3,
    /** The nth of the rejected rewards, including those of conversions reversed since. */
    arbitrary: fc.record({ do: fc.constant('reinstate' as const), refused: fc.nat(5) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('redeem' as const),
      person: anyone,
      amount: fc.constantFrom(1, 500, 2_000, 5_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('adjust' as const),
      person: anyone,
      amount: fc.constantFrom(-2_000, -1, 700, 3_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), days: fc.integer({ min: 1, max: 16 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const) }) },
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
