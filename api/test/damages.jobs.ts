import { askDamages } from './damages.asks.ts'

/** Damage to what connected systems reported, and the invariant it breaks. */
const rewarded = (isFurther: 0 | 1, more: string) =>
  `INSERT INTO rewarded_jobs (job_id, organization_id, conversion_id, is_further, job_value, currency, terms_version, refunded_before,
    actor, created_at, frozen, taken_back_at)
  SELECT (SELECT min(id) FROM jobs), c.organization_id, c.id, ${isFurther}, c.job_value, c.currency, c.terms_version, 0, 'system', 0, ${more}
  FROM conversions c JOIN referrals r ON r.id = c.referral_id AND r.status = 'converted' ORDER BY c.id LIMIT 1`

export const jobDamages: { invariant: string; by: string[] }[] = [
  ...askDamages,
  {
    invariant: 'A reward of a further job has its organization and campaign, and its job earned again.',
    by: [
      'DROP TRIGGER rewards_keep_source',
      "UPDATE rewards SET source_type = 'job' WHERE id = (SELECT min(id) FROM rewards)",
    ],
  },
  {
    invariant: 'The rewards of a further job equal its frozen amounts.',
    by: [rewarded(1, `'{"advocate":{"amount":5},"friend":{"amount":0}}', NULL`)],
  },
  {
    invariant: 'The rewards of a job that were taken back are voided.',
    by: [rewarded(0, 'NULL, 1')],
  },
  {
    invariant: 'A conversion has the value, the currency and the terms of the job it came from.',
    by: [rewarded(0, 'NULL, NULL'), 'UPDATE rewarded_jobs SET job_value = 1'],
  },
  {
    invariant: 'An open to-do is about a job of its organization, and a closed one says when.',
    by: ['UPDATE job_todos SET closed_at = 1'],
  },
  {
    invariant: 'Search finds each job by its own words and by no others.',
    by: ["UPDATE jobs SET invoice_number = 'HS-77'"],
  },
  {
    invariant: 'An import has at most as many results as rows.',
    by: [
      "INSERT INTO imports (id, organization_id, kind, file_name, rows, created, skipped, actor, created_at) SELECT 'imp_1', min(id), 'jobs', 'jobs.csv', 1, 2, 0, 'system', 1 FROM organizations",
    ],
  },
  {
    invariant: 'The secrets of connections and webhooks are sealed.',
    by: [
      "UPDATE connection_secrets SET secret = 'whsec_' || hex(randomblob(24)) WHERE id = (SELECT min(id) FROM connection_secrets)",
    ],
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
    invariant: 'What is open about a job stands in the feed, with an event that needs a person.',
    by: ['UPDATE job_events SET needs_person = 0'],
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
