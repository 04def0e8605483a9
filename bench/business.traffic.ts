import { type BusinessSpec, below, chance, day, idsOf, oneOf, span, text } from './business.sql.ts'

const messagesKept = 180 * day
const noticesKept = 90 * day
const viewLinksKept = 210 * day
const webhooksKept = 30 * day
const answersKept = 2 * day

const sentences = [
  'thank you for thinking of Harbor & Sons. We will call within one working day to find a time that suits you.',
  'you will get your credit as soon as the job is done, and nothing is needed from you until then.',
  'if anything changes, just reply to this email and somebody from the office will pick it up.',
  'we look after kitchens, bathrooms, water heaters and drains across the city, on weekends as well.',
  'your neighbor asked us to take good care of you, and the offer of $20 off stays valid for 30 days.',
]
/** About as long as the product's own emails, and no two alike. */
const body = `'Hi ' || p.name || ',' || char(10, 10) || ${oneOf(sentences, 'i')} || char(10, 10) || ${oneOf(sentences, 'i / 5')}
  || char(10, 10) || 'See how it goes: {{link}}' || char(10, 10) || 'Job ' || i || ', Harbor & Sons'`

/** What a referral is written about: the friend, the advocate, the team, and again when it converts. Three in all. */
export function messagesOf({ number, organizationId, memberId, now }: BusinessSpec): string[] {
  const org = text(organizationId)
  const id = idsOf(number)
  type Mail = {
    template: string
    step: number
    to: string
    where: string
    subject: string
    link: string
    since?: number
  }
  const mail = ({ template, step, to, where, subject, link, since = now - messagesKept }: Mail) =>
    `INSERT INTO messages(id, organization_id, contact_id, referral_id, channel, template, to_address, address_id, name, subject, body, link, state, attempts,
      error, idempotency_key, created_at, sent_at)
      SELECT ${id('msg', 'r.written', `i * 8 + ${step}`)}, ${org}, p.id, r.id, 'email', '${template}', p.email, ${id('adr', 'p.at', 'p.k * 2')}, p.name, ${text(subject)}, ${body}, ${link},
      CASE WHEN i % 200 = 0 THEN 'failed' WHEN i % 70 = 0 THEN 'suppressed' ELSE 'sent' END, 1,
      CASE WHEN i % 200 = 0 THEN 'The mail server refused the address.' END,
      printf('%08x', (i * 8 + ${step}) * 2654435761 % 4294967296) || printf('%014d', i * 8 + ${step} + ${number * 1_000_000_000}), r.written, r.written + 2000
      FROM (SELECT *, ${step < 3 ? 'at' : 'changed'} AS written FROM referral WHERE ${where}) r JOIN person p ON ${to} WHERE r.written > ${since} ORDER BY i`
  const won = `status IN ('converted', 'reversed')`
  return [
    `CREATE INDEX temp.person_by_id ON person(id)`,
    mail({
      template: 'referral_received_friend',
      step: 0,
      to: 'p.k = r.friend',
      where: 'i % 10',
      subject: 'We have your request',
      link: `'friend_page'`,
    }),
    mail({
      template: 'referral_received_advocate',
      step: 1,
      to: 'p.id = r.contact',
      where: 'i % 10 < 8',
      subject: 'Thank you for recommending us',
      link: `'portal_view'`,
    }),
    `INSERT INTO messages(id, organization_id, person_id, member_id, referral_id, channel, template, to_address, name, subject, body, state, attempts,
      idempotency_key, created_at, sent_at)
      SELECT ${id('msg', 'r.at', 'i * 8 + 2')}, ${org}, (SELECT person_id FROM members WHERE id = ${text(memberId)}), NULL, r.id, 'email',
      'referral_received_staff', 'maya@harborsons.example', 'Maya Ortiz', 'New lead: ' || p.name, ${body}, 'sent', 1,
      printf('%08x', (i * 8 + 2) * 2654435761 % 4294967296) || printf('%014d', i * 8 + 2 + ${number * 1_000_000_000}), r.at, r.at + 2000
      FROM referral r JOIN person p ON p.k = r.friend WHERE r.at > ${now - noticesKept} ORDER BY i`,
    ...(['reward_earned', 'friend_welcome'] as const).map((template, n) =>
      mail({
        template,
        step: 3 + n,
        to: n === 0 ? 'p.id = r.contact' : 'p.k = r.friend',
        where: won,
        subject: n === 0 ? 'You earned a reward' : 'Now it is your turn',
        link: `'portal_view'`,
      }),
    ),
    `INSERT INTO message_mentions(organization_id, contact_id, message_id)
      SELECT ${org}, p.id, ${id('msg', 'r.at', 'i * 8 + 2')} FROM referral r JOIN person p ON p.k = r.friend WHERE r.at > ${now - noticesKept}`,
    `INSERT INTO message_mentions(organization_id, contact_id, message_id)
      SELECT ${org}, p.id, ${id('msg', 'r.at', 'i * 8 + 1')} FROM referral r JOIN person p ON p.k = r.friend
      WHERE i % 10 < 8 AND r.at > ${now - messagesKept}`,
    `CREATE TEMP TABLE address AS SELECT contact_id AS contact, min(id) AS id FROM contact_addresses
      WHERE organization_id = ${org} AND kind = 'email' GROUP BY 1`,
    `CREATE INDEX temp.address_of ON address(contact)`,
    // Every message to an advocate has its own link; it can be renewed for half a year after its thirty days.
    `INSERT INTO portal_links(organization_id, contact_id, address_id, scope, hash, expires_at, used_at, created_at)
      SELECT ${org}, r.contact, a.id, 'view', printf('%08x', i * 2654435761 % 4294967296) || printf('%014d', i + ${number * 10_000_000_000}),
      r.at + ${30 * day}, CASE WHEN i % 3 = 0 THEN r.at + 60000 END, r.at
      FROM referral r JOIN temp.address a ON a.contact = r.contact WHERE i % 10 < 8 AND r.at > ${now - viewLinksKept} ORDER BY i`,
    `DROP TABLE temp.address`,
    // The mail server was away for a moment: these are tried again soon, though not while anything is measured.
    `INSERT INTO queue(kind, subject_id, organization_id, lane, due_at, attempts)
      SELECT 'message', ${id('msg', 'at', 'i * 8 + 1')}, ${org}, ${org}, ${now + 30 * day}, 3 FROM referral
      WHERE i % 10 = 1 AND at > ${now - messagesKept} ORDER BY at DESC LIMIT 20`,
    `UPDATE messages SET state = 'queued', attempts = 0, sent_at = NULL WHERE id IN (SELECT subject_id FROM queue WHERE kind = 'message' AND organization_id = ${org})`,
  ]
}

/** Five visits a referral, what the widget and webhooks did in the last month, and the latest answers to repeated requests. */
export function traffic({ number, organizationId, memberId, endpointId, referrals: all, now }: BusinessSpec): string[] {
  const org = text(organizationId)
  const id = idsOf(number)
  const visits = all * 5
  const steps = `SELECT i * 2 AS n, id, at, 'referral.created' AS type FROM referral WHERE at > ${now - webhooksKept}
    UNION ALL SELECT i * 2 + 1, id, changed, 'referral.' || status FROM referral WHERE status <> 'pending' AND changed > ${now - webhooksKept}`
  return [
    `INSERT INTO visit_links(organization_id, enrollment_id) SELECT ${org}, id FROM advocate ORDER BY id`,
    `${below(visits)}, placed AS (SELECT i, ${now - span} + ${span - 60_000} * i / ${visits} AS at,
      CAST(${Math.ceil(all / 80) * 4} * ${chance('i + 1', 2_654_435_761)} * ${chance('i + 1', 2_654_435_761)} AS INTEGER) AS k FROM seq)
      INSERT INTO visit_counts(link, quarter, place, count)
      SELECT l.number, placed.at / 900000, i % 3 = 0, count(*) FROM placed JOIN advocate a ON a.k = placed.k
      JOIN visit_links l ON l.organization_id = ${org} AND l.enrollment_id = a.id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    `CREATE TEMP TABLE step AS ${steps} ORDER BY 3`,
    `INSERT INTO webhook_events SELECT ${id('evt', 'at', 'n')}, ${org}, type, json_object('type', type, 'timestamp', at, 'data', json_object('referralId', id,
      'status', substr(type, 10), 'campaignId', (SELECT id FROM campaign LIMIT 1), 'friendId', id, 'advocateId', id)), at FROM step`,
    `INSERT INTO webhook_deliveries SELECT ${id('whd', 'at', 'n')}, ${org}, ${text(endpointId)}, ${id('evt', 'at', 'n')},
      CASE WHEN n % 100 THEN 'delivered' ELSE 'failed' END, 1, CASE WHEN n % 100 THEN 200 ELSE 500 END, at FROM step`,
    `INSERT INTO webhook_attempts SELECT ${id('wha', 'at', 'n')}, ${org}, ${id('whd', 'at', 'n')}, at,
      '{"content-type":"application/json","user-agent":"Goodword-Webhooks/1","webhook-id":"' || id || '","webhook-timestamp":"1794000000","webhook-signature":"v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}',
      CASE WHEN n % 100 THEN 200 ELSE 500 END, 'ok', NULL, 80 FROM step`,
    `INSERT INTO embed_events(id, organization_id, kind, mode, origin, code, outcome, times, at)
      SELECT ${id('eev', 'at', 'n')}, ${org}, 'visit', 'live', 'https://harborsons.example', 'M0000001', CASE WHEN n % 9 THEN 'attributed' ELSE 'no_code' END, 1 + n % 3, at
      FROM step`,
    `INSERT INTO idempotency_records(owner, key, request_hash, status, body, about, created_at)
      SELECT ${org} || ':member:' || ${text(memberId)}, 'request-' || n, printf('%043d', n), 200,
      json_object('id', id, 'status', substr(type, 10), 'detail', printf('%.*c', 1600, 'x')), json_array(id), max(at, ${now - answersKept / 2})
      FROM (SELECT * FROM step ORDER BY at DESC LIMIT ${Math.max(100, Math.round((all * 2 * answersKept) / span))})`,
    `INSERT INTO advocate_traces(id, organization_id, contact_id, network_hash, device_hash, seen_at)
      SELECT ${id('trc', String(now - day), 'k')}, ${org}, contact, printf('%022d', k), printf('%022d', k * 7), ${now - day}
      FROM advocate WHERE k % 4 = 0`,
    `DROP TABLE temp.step`,
  ]
}
