import { type BusinessSpec, below, chance, day, idsOf, oneOf, span, text } from './business.sql.ts'

/** Events are deleted after this long. */
const eventsKept = 90 * day
const titles = [
  'Drain cleaning',
  'Water heater replaced',
  'Kitchen tap',
  'Boiler service',
  'Bathroom',
  'Leak under the sink',
]
const noRefunds = `'{"total":null,"totalAt":null,"listAt":null,"byId":{}}'`

/**
 * The program that runs itself: as many jobs as referrals, reported by a connected system. Each has a score and an invoice or is
 * on the way to it, every fifth led to an ask, and the events of the last 90 days are still there. Nothing is due.
 */
export function jobsOf({
  number,
  organizationId,
  memberId,
  connectionId,
  campaigns,
  referrals: all,
  now,
}: BusinessSpec): string[] {
  const id = idsOf(number)
  const org = text(organizationId)
  const connection = text(connectionId)
  const campaign = text(campaigns[0] ?? '')
  const people = Math.ceil(all / 16) * 4 + Math.ceil(all / 80) * 4
  const member = text(`member:${memberId}`)
  const event = (step: number, given: { type: string; after: string; where: string; reason: string; data: string }) =>
    `INSERT INTO job_events(id, organization_id, connection_id, delivery_key, delivery_ref, topic, payload, received_at, type, sent_type,
      occurred_at, outcome, reason, facts, notes, effects, needs_person, contact_id, job_id)
      SELECT ${id('jev', 'e.received', `i * 4 + ${step}`)}, ${org}, ${connection}, 'event-' || i || '-${step}', 'event-' || i || '-${step}', '',
      CAST(json_object('type', '${given.type}', 'timestamp', e.received / 1000, 'data', json_object('job', 'J-' || i, ${given.data},
        'customer', json_object('id', 'c-' || contact, 'name', 'Customer ' || i))) AS BLOB),
      e.received, '${given.type}', '${given.type}', e.received, CASE i % 50 WHEN 7 THEN 'duplicate' WHEN 9 THEN 'ignored' ELSE 'applied' END,
      CASE i % 50 WHEN 7 THEN 'happened_already' WHEN 9 THEN 'nothing_new' ELSE '${given.reason}' END, json_object('job', 'J-' || i), '[]', '[]',
      i % 5000 = 11, contact, id FROM (SELECT *, ${given.after} AS received FROM job j WHERE ${given.where}) e
      WHERE e.received > ${now - eventsKept} AND e.received < ${now} ORDER BY i`
  return [
    `CREATE TEMP TABLE job(i INTEGER PRIMARY KEY, id TEXT, at INTEGER, contact TEXT, state TEXT, score INTEGER, value INTEGER)`,
    `${below(all)}, placed AS (SELECT i, ${now - span} + ${span - 3 * day} * i / ${all} AS at, i * 7919 % ${people} AS who,
      ${chance('i + 1', 3_266_489_917)} AS u, ${chance('i + 1', 668_265_263)} AS v FROM seq)
      INSERT INTO job SELECT i, ${id('job', 'p.at', 'i')}, p.at, person.id, CASE WHEN u < 0.8 THEN 'invoiced' WHEN u < 0.92 THEN 'completed'
      WHEN u < 0.96 THEN 'canceled' ELSE 'refunded' END, CASE WHEN v < 0.6 THEN 5 WHEN v < 0.75 THEN 4 WHEN v < 0.8 THEN 2 END,
      20000 + i % 400 * 500 FROM placed p JOIN person ON person.k = p.who`,
    `INSERT INTO jobs(id, organization_id, connection_id, external_id, contact_id, title, title_at, invoice_number, state, value, value_at, currency,
      score, score_at, opened_at, completed_at, invoiced_at, canceled_at, refunds, refunded_amount, completed_heard_at, invoiced_heard_at, created_at)
      SELECT id, ${org}, ${connection}, 'J-' || i, contact, ${oneOf(titles, 'i')}, at, CASE WHEN state IN ('invoiced', 'refunded') THEN 'HS-' || i END,
      state, value, at, 'USD', score, CASE WHEN score IS NOT NULL THEN at + ${day} END, at, CASE WHEN state <> 'canceled' THEN at END,
      CASE WHEN state IN ('invoiced', 'refunded') THEN at + ${2 * day} END, CASE WHEN state = 'canceled' THEN at END,
      CASE WHEN state = 'refunded' THEN json_object('total', value, 'totalAt', at + ${2 * day}, 'listAt', NULL, 'byId', json('{}')) ELSE ${noRefunds} END,
      CASE WHEN state = 'refunded' THEN value ELSE 0 END, CASE WHEN state <> 'canceled' THEN at END,
      CASE WHEN state IN ('invoiced', 'refunded') THEN at + ${2 * day} END, at FROM job ORDER BY i`,
    `INSERT INTO connection_contacts SELECT ${org}, ${connection}, 'c-' || id, id, at FROM person WHERE id IN (SELECT contact FROM job)`,
    event(0, {
      type: 'job.completed',
      after: 'at',
      where: "state <> 'canceled'",
      reason: 'job_completed',
      data: `'amount', value`,
    }),
    event(1, {
      type: 'review.received',
      after: `at + ${day}`,
      where: 'score IS NOT NULL',
      reason: 'score_recorded',
      data: `'score', score`,
    }),
    event(2, {
      type: 'job.invoiced',
      after: `at + ${2 * day}`,
      where: "state IN ('invoiced', 'refunded')",
      reason: 'job_invoiced',
      data: `'amount', value`,
    }),
    `INSERT INTO invitations(id, organization_id, contact_id, campaign_id, kind, state, enrollment_id, sent_at, channels, handed_over,
      follow_up_sent_at, opened_at, asked_by, created_at)
      SELECT ${id('inv', 'asked', 'k * 4 + nth')}, ${org}, contact, ${campaign}, 'reminder', became, id, asked + 60000, '["sms"]', '[]',
      CASE became WHEN 'sent' THEN asked + ${2 * day} END, CASE became WHEN 'opened' THEN asked + ${day} END, ${member}, asked
      FROM (SELECT *, at + ${180 * day} * nth AS asked, CASE (k / 4 + nth) % 2 WHEN 0 THEN 'sent' ELSE 'opened' END AS became
        FROM advocate, (SELECT value AS nth FROM json_each('[0, 1, 2, 3]')) WHERE campaign = ${campaign} AND k % 50 <> 49)
      WHERE asked < ${now - 3 * day}`,
    `INSERT INTO invitations(id, organization_id, contact_id, campaign_id, job_id, kind, state, channels, handed_over, reason, created_at)
      SELECT ${id('inv', 'at', `i + ${all}`)}, ${org}, contact, ${campaign}, id, 'ask', 'skipped', '[]', '[]', '{"reason":"no_channel"}', at
      FROM job WHERE i % 5 = 0 AND state IN ('invoiced', 'completed') ORDER BY i`,
    `INSERT INTO job_todos(id, organization_id, job_id, event_id, kind, state, reason, facts, referral_id, opened_at, closed_at, closed_by)
      SELECT ${id('jtd', 'j.at', 'i')}, ${org}, j.id, NULL, 'refund', CASE WHEN i > ${all * 0.999} THEN 'open' ELSE 'done' END, 'rewards_to_take_back',
      json_object('refunded', value), r.id, j.at, CASE WHEN i > ${all * 0.999} THEN NULL ELSE j.at + ${day} END,
      CASE WHEN i > ${all * 0.999} THEN NULL ELSE ${member} END FROM job j JOIN referral r USING (i) WHERE j.state = 'refunded' ORDER BY i`,
    'DROP TABLE temp.job',
  ]
}
