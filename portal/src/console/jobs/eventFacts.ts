import type { EventFacts } from '@goodword/contracts'
import { formatAnyMoney } from '@goodword/domain'

/** What came of an event: the outcome, shown in bold, and what is to be said about it. */
export type Sentence = { lead: string; rest?: string }
export type SentenceOf = (facts: Facts, name: string) => Sentence

/** The facts of an event, read by name; null where one is missing or is of another kind. */
export type Facts = {
  text: (name: string) => string | null
  number: (name: string) => number | null
  /** An amount with the event's currency: "$385.00". */
  money: (name: string) => string | null
  is: (name: string) => boolean
}

/** `currency` is the organization's, in which amounts are that name none. */
export function factsOf(facts: EventFacts, currency: string): Facts {
  const number = (name: string) => (typeof facts[name] === 'number' ? facts[name] : null)
  const text = (name: string) => (typeof facts[name] === 'string' ? facts[name] : null)
  return {
    text,
    number,
    money(name) {
      const amount = number(name)
      return amount === null ? null : formatAnyMoney(Math.abs(amount), text('currency') ?? currency)
    },
    is: (name) => facts[name] === true,
  }
}

/** The parts that are known, as one sentence. */
export const joined = (...parts: (string | null | false)[]): string => parts.filter(Boolean).join(' ')
