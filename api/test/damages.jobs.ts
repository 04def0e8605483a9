import { askDamages } from './damages.asks.ts'

/** Damage to what connected systems reported, and the invariant it breaks. */
export const jobDamages: { invariant: string; by: string[] }[] = [
  ...askDamages,
  {
    invariant: 'Search finds each job by its own words and by no others.',
    by: ["UPDATE jobs SET invoice_number = 'HS-77'"],
  },
  {
    invariant: 'A connection has at most one secret that does not end, and a deleted one has none.',
    by: ['UPDATE connections SET deleted_at = created_at'],
  },
  {
    invariant: 'The mapping that a connection uses is one of its versions.',
    by: ['UPDATE connections SET mapping_version = 7'],
  },
  {
    invariant: 'Every received job event is in the queue.',
    by: ["UPDATE job_events SET outcome = 'received', waits_for = NULL"],
  },
  {
    invariant: 'A job event names what it waits for exactly while it waits, and a repetition has no key of its own.',
    by: ["UPDATE job_events SET waits_for = NULL WHERE outcome = 'waiting'"],
  },
  {
    invariant: 'The state of a job follows from its dates and its refunds.',
    by: ["UPDATE jobs SET state = 'invoiced'"],
  },
  {
    invariant: 'The refunded amount of a job is what its refunds add up to.',
    by: ['UPDATE jobs SET refunded_amount = 100'],
  },
  {
    invariant: 'The kept counts of job events are what counting them gives.',
    by: ['UPDATE job_event_counts SET count = count + 1'],
  },
]
