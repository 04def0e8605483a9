import { jobsOf } from './business.jobs.ts'
import { type BusinessSpec, below, chance, day, idsOf, oneOf, perBusiness, span, text } from './business.sql.ts'
import { messagesOf, traffic } from './business.traffic.ts'

const seconds = ['Shah', 'Ortiz', 'Kerr', 'Mann', 'Noor', 'Todd', 'White', 'Varga', 'Lund', 'Osei', 'Rossi', 'Klein']
const syllables = ['al', 'ber', 'cor', 'den', 'el', 'far', 'gon', 'hal', 'im', 'jor', 'kim', 'lam', 'mor', 'nil', 'os']
const first = ['Priya', 'Anna', 'Marcus', 'Dana', 'Leo', 'Ida', 'Sam', 'Ruth', 'Omar', 'Grace', 'Joan', 'Wei', 'Maya']

/** The end of the address of a business's leaderboard. */
export const slugOf = (organizationId: string): string => organizationId.replace('_', '-')

/**
 * A business of two years as SQL, in order. 100 referrals have 30 contacts and 5 advocates, and a quarter converted.
 * Nothing is due, so that the server has no background work. A system reports as many jobs as there are referrals.
 */
export function rowsOf(spec: BusinessSpec): string[] {
  const parts = [people, referrals, rewarded, ledger, messagesOf, traffic, jobsOf]
  return [...parts.flatMap((part) => part(spec)), ...temporary.map((table) => `DROP TABLE temp.${table}`)]
}

const temporary = ['campaign', 'person', 'advocate', 'referral', 'won', 'reward', 'used']

/** Once all rows of all businesses are there. */
export const balances = [
  `CREATE TEMP TABLE moved AS SELECT account, sum(amount) AS amount FROM (SELECT credit_account_id AS account, amount FROM ledger_transfers
    UNION ALL SELECT debit_account_id, -amount FROM ledger_transfers) GROUP BY 1`,
  `UPDATE ledger_accounts SET balance = moved.amount FROM temp.moved WHERE moved.account = ledger_accounts.id`,
]

function people({ number, organizationId, campaigns, referrals: all, now }: BusinessSpec): string[] {
  const id = idsOf(number)
  const friends = Math.ceil(all / 16) * 4
  const enrolled = Math.ceil(all / 80) * 4
  const since = now - span
  const code = `'M' || printf('%07d', k + ${number * 60_000})`
  const name = (k: string) =>
    `${oneOf(first, `${k} / 7`)} || ' ' || upper(substr(x, 1, 1)) || substr(x, 2) || ${oneOf(seconds, `${k} / 13`)}`
  return [
    `CREATE TEMP TABLE campaign(k INTEGER PRIMARY KEY, id TEXT)`,
    ...campaigns.map((campaignId, k) => `INSERT INTO campaign VALUES (${k}, ${text(campaignId)})`),
    `CREATE TEMP TABLE person(k INTEGER PRIMARY KEY, id TEXT, name TEXT, email TEXT, phone TEXT, at INTEGER)`,
    `${below(friends + enrolled)}, placed AS (SELECT i, ${since} + CASE WHEN i < ${friends} THEN ${span / 4} * i / ${friends}
      ELSE ${span} * (i - ${friends}) / ${enrolled} END AS at, ${oneOf(syllables, 'i')} || ${oneOf(syllables, 'i / 15')} AS x FROM seq)
      INSERT INTO person SELECT i, ${id('con', 'at', 'i')}, ${name('i')}, lower(x) || i || '@mail' || (i % 40) || '.example',
      CASE WHEN i % 10 < 7 THEN printf('+1415%07d', i) END, at FROM placed`,
    `INSERT INTO contacts(id, organization_id, name, customer_since, leaderboard_since, created_at)
      SELECT id, ${text(organizationId)}, name, CASE WHEN k % 5 = 0 THEN at END,
      CASE WHEN k >= ${friends} AND k % 3 = 0 THEN at END, at FROM person`,
    `INSERT INTO leaderboard_pages(organization_id, slug, is_public, opens_with, shows, announces_winner, announced_month, created_at)
      VALUES (${text(organizationId)}, ${text(slugOf(organizationId))}, 1, 'all', 25, 0, '2026-01', ${since})`,
    ...(['email', 'phone'] as const).map(
      (
        kind,
      ) => `INSERT INTO contact_addresses(id, organization_id, contact_id, kind, value, canonical, proof, created_at)
      SELECT ${id('adr', 'at', `k * 2 + ${kind === 'email' ? 0 : 1}`)}, ${text(organizationId)}, id, '${kind}', ${kind},
      ${kind === 'email' ? 'email' : 'NULL'}, CASE WHEN k >= ${friends} THEN 'owner' ELSE 'stranger' END, at FROM person WHERE ${kind} IS NOT NULL`,
    ),
    `INSERT INTO contact_duplicates SELECT ${id('dup', 'p.at', 'p.k')}, ${text(organizationId)}, min(p.id, q.id), max(p.id, q.id),
      'same_phone_other_name', p.at, CASE WHEN p.k % 3 THEN p.at END FROM person p JOIN person q ON q.k = p.k + 1 WHERE p.k % 100 = 9`,
    `CREATE TEMP TABLE advocate(k INTEGER PRIMARY KEY, id TEXT, contact TEXT, campaign TEXT, at INTEGER)`,
    `INSERT INTO advocate SELECT p.k - ${friends}, ${id('adv', 'p.at', 'p.k')}, CASE (p.k - ${friends}) % 10 WHEN 9
      THEN (SELECT id FROM person WHERE k = p.k - 1) ELSE p.id END, c.id, p.at FROM person p JOIN campaign c ON c.k = (p.k - ${friends}) % 4
      WHERE p.k >= ${friends}`,
    `INSERT INTO enrollments(id, organization_id, campaign_id, contact_id, code, source, created_at, archived_at)
      SELECT id, ${text(organizationId)}, campaign, contact, ${code}, 'invited', at,
      CASE WHEN k % 50 = 49 THEN at END FROM advocate`,
    `INSERT INTO enrollment_codes SELECT ${code}, ${text(organizationId)}, id, at FROM advocate`,
  ]
}

function referrals({ number, organizationId, memberId, referrals: all, now }: BusinessSpec): string[] {
  const id = idsOf(number)
  const friends = Math.ceil(all / 16) * 4
  const slots = Math.ceil(all / 80)
  const org = text(organizationId)
  // Each friend is referred once per campaign; every twentieth referral is a rival of the one before.
  const pair = '(i - (i % 20 = 1))'
  const days = `(${now} - at) / ${day}.0`
  return [
    `CREATE TEMP TABLE referral(i INTEGER PRIMARY KEY, id TEXT, at INTEGER, changed INTEGER, status TEXT, friend INTEGER,
      campaign TEXT, advocate TEXT, contact TEXT)`,
    `${below(all)}, placed AS (SELECT i, ${now - span} + ${span - 1_800_000} * i / ${all} AS at, ${pair} % ${friends} AS friend,
      (${pair} % ${friends} + ${pair} / ${friends}) % 4 AS c,
      CAST(${slots} / 2 * ${chance('i + 1', 2_654_435_761)} * ${chance('i + 1', 2_654_435_761)} AS INTEGER) * 2 + (i % 20 = 1) AS slot,
      ${chance('i + 1', 2_246_822_519)} AS u FROM seq),
    decided AS (SELECT *, CASE
      WHEN i % 20 = 1 THEN CASE WHEN ${days} < 30 THEN 'pending' WHEN u < 0.5 THEN 'declined' ELSE 'expired' END
      WHEN ${days} < 5 THEN CASE WHEN u < 0.7 THEN 'pending' WHEN u < 0.9 THEN 'accepted' ELSE 'declined' END
      WHEN ${days} < 35 THEN CASE WHEN u < 0.12 THEN 'pending' WHEN u < 0.3 THEN 'accepted' WHEN u < 0.6 THEN 'converted' ELSE 'declined' END
      WHEN u < 0.015 THEN 'accepted' WHEN u < 0.275 THEN 'converted' WHEN u < 0.29 THEN 'reversed' WHEN u < 0.56 THEN 'declined'
      ELSE 'expired' END AS status FROM placed)
    INSERT INTO referral SELECT d.i, ${id('ref', 'd.at', 'd.i')}, d.at, CASE status WHEN 'pending' THEN d.at
      WHEN 'expired' THEN d.at + ${30 * day} ELSE min(${now - 60_000}, d.at + CAST((0.1 + u * 9) * ${day} AS INTEGER)) END,
      status, friend, a.campaign, a.id, a.contact FROM decided d JOIN advocate a ON a.k = d.slot * 4 + d.c`,
    `INSERT INTO referrals(id, organization_id, campaign_id, enrollment_id, friend_contact_id, advocate_named, status, source,
      submitted, terms_version, flags, flags_cleared_at, without_reward, assignee_id, archived_at, form_nonce, network_hash,
      metadata, promised_exceptions, created_at, updated_at)
      SELECT r.id, ${org}, campaign, CASE WHEN i % 200 <> 7 OR status IN ('converted', 'reversed') THEN advocate END, p.id,
      CASE WHEN i % 200 = 7 THEN 'My neighbor Anna' END, status, CASE i % 10 WHEN 0 THEN 'staff' WHEN 1 THEN 'hosted' ELSE 'widget' END,
      json_object('name', p.name, 'email', p.email, 'phone', p.phone, 'message', 'Kitchen tap drips, and the water heater is from 2009.'),
      1, CASE WHEN i % 20 = 3 THEN '["same_network"]' ELSE '[]' END, CASE WHEN i % 20 = 3 AND i % 3 THEN changed END, 0,
      CASE WHEN i % 3 = 0 THEN ${text(memberId)} END, CASE WHEN i % 500 = 13 AND status = 'declined' THEN changed END,
      CASE WHEN i % 10 AND r.at > ${now - 90 * day} THEN printf('%08x', i * 2654435761 % 4294967296) || printf('%028d', i) END,
      CASE WHEN r.at > ${now - 90 * day} THEN printf('%022x', i / 3) END, '{}', 'null', r.at, changed
      FROM referral r JOIN person p ON p.k = r.friend ORDER BY i`,
    `INSERT INTO referral_events SELECT ${id('rev', 'at', 'i * 2')}, ${org}, id, 'pending', 'friend', NULL, at FROM referral ORDER BY i`,
    `INSERT INTO referral_events SELECT ${id('rev', 'changed', 'i * 2 + 1')}, ${org}, id, status, ${text(`member:${memberId}`)}, NULL, changed
      FROM referral WHERE status <> 'pending' ORDER BY i`,
    `INSERT INTO friend_links(organization_id, referral_id, hash, created_at) SELECT ${org}, id, printf('%08x', i * 2654435761 % 4294967296) || printf('%014d', i + ${number * perBusiness}), at
      FROM referral WHERE i % 2 = 0 ORDER BY i`,
    `INSERT INTO audit_entries SELECT ${id('aud', 'changed', 'i')}, ${org}, ${text(`member:${memberId}`)},
      CASE status WHEN 'accepted' THEN 'referral.assigned' ELSE 'referral.' || status END, id, CASE status
        WHEN 'converted' THEN json_object('conversionId', ${id('cnv', 'changed', 'i')}, 'jobValue', 125664, 'advocateAmount', 6283, 'friendAmount', 2000, 'termsVersion', 1)
        WHEN 'declined' THEN '{"invalidReason":null}' ELSE '{}' END, changed
      FROM referral WHERE status NOT IN ('pending', 'expired') ORDER BY i`,
  ]
}

function rewarded({ number, organizationId, memberId, campaigns, now }: BusinessSpec): string[] {
  const id = idsOf(number)
  const org = text(organizationId)
  const custom = text(campaigns.at(-1) ?? '')
  const frozen = (side: string, kind: string, label: string) =>
    `'${side}', json_object('kind', ${kind}, 'text', NULL, 'amount', ${side}, 'lines',
      json_array(json_object('kind', 'base', 'label', ${label}, 'amount', ${side})), 'use', 'after_job')`
  return [
    `CREATE TEMP TABLE won(i INTEGER PRIMARY KEY, id TEXT, referral TEXT, campaign TEXT, enrollment TEXT, advocate_contact TEXT,
      friend_contact TEXT, status TEXT, job INTEGER, advocate INTEGER, friend INTEGER, kind TEXT, nth INTEGER, at INTEGER)`,
    `INSERT INTO won SELECT r.i, ${id('cnv', 'r.changed', 'r.i')}, r.id, r.campaign, r.advocate, r.contact, p.id, r.status,
      20000 + r.i % 400 * 500, CASE WHEN r.campaign = ${custom} THEN 0 ELSE (20000 + r.i % 400 * 500) / 20 END,
      CASE WHEN r.campaign = ${custom} THEN 0 ELSE 2000 END, CASE WHEN r.campaign = ${custom} THEN 'custom' ELSE 'credit' END,
      row_number() OVER (PARTITION BY r.advocate ORDER BY r.changed), r.changed
      FROM referral r JOIN person p ON p.k = r.friend WHERE r.status IN ('converted', 'reversed')`,
    `INSERT INTO conversions SELECT id, ${org}, referral, campaign, enrollment, advocate_contact, friend_contact, 1, nth, job, 'USD',
      NULL, i, advocate, friend, json_object(${frozen('advocate', 'kind', `printf('5%% of $%,.2f', job / 100.0)`)}, ${frozen('friend', 'kind', `'Fixed reward'`)}), NULL,
      ${text(`member:${memberId}`)}, at FROM won ORDER BY at`,
    `CREATE TEMP TABLE reward(n INTEGER PRIMARY KEY, id TEXT, conversion TEXT, campaign TEXT, enrollment TEXT, contact TEXT,
      side TEXT, kind TEXT, amount INTEGER, status TEXT, due INTEGER, approval INTEGER, at INTEGER)`,
    `INSERT INTO reward SELECT i * 2, ${id('rwd', 'at', 'i * 2')}, id, campaign, enrollment, advocate_contact, 'advocate', kind, advocate,
      CASE WHEN status = 'reversed' THEN 'voided' WHEN at + ${14 * day} > ${now} THEN 'pending' WHEN i % 4 = 0 AND kind = 'custom' THEN 'redeemed'
      ELSE 'issued' END, at + ${14 * day}, at + ${14 * day} > ${now} AND status <> 'reversed' AND i % 20 = 0, at FROM won`,
    `INSERT INTO reward SELECT i * 2 + 1, ${id('rwd', 'at', 'i * 2 + 1')}, id, campaign, NULL, friend_contact, 'friend', kind, friend,
      CASE WHEN status = 'reversed' THEN 'voided' WHEN i % 3 = 0 THEN 'redeemed' ELSE 'issued' END, at, 0, at FROM won`,
    `INSERT INTO rewards(id, organization_id, source_type, source_id, campaign_id, enrollment_id, contact_id, side, kind, text, amount, currency,
      status, available_at, needs_approval, redeemed_at, created_at, updated_at)
      SELECT id, ${org}, 'conversion', conversion, campaign, enrollment, contact, side, kind, CASE kind WHEN 'custom' THEN 'A gift card' END, amount, 'USD',
      status, due, approval, CASE status WHEN 'redeemed' THEN min(${now}, due + ${7 * day}) END, at,
      CASE status WHEN 'pending' THEN at WHEN 'redeemed' THEN min(${now}, due + ${7 * day}) ELSE max(due, at) END FROM reward ORDER BY at`,
  ]
}

function ledger({ number, organizationId, memberId, referrals: all, now }: BusinessSpec): string[] {
  const id = idsOf(number)
  const org = text(organizationId)
  const account = (kind: string, ownerType: string, owner: string) =>
    `(SELECT id FROM ledger_accounts WHERE organization_id = ${org} AND owner_type = '${ownerType}' AND owner_id = ${owner}
      AND kind = '${kind}' AND currency = 'USD')`
  const budget = account('rewards', 'organization', org)
  const available = account('available', 'contact', 'contact')
  const held = account('held', 'contact', 'contact')
  const transfer = (
    step: number,
    given: { debit: string; credit: string; code: string; at: string; where: string; reverses?: string },
  ) => `INSERT INTO ledger_transfers SELECT ${id('trf', 'at', `n * 4 + ${step}`)}, ${org}, ${given.debit}, ${given.credit}, amount, 'USD',
      '${given.code}', 'reward', id, '${given.code}:' || id, ${given.reverses ?? 'NULL'}, at FROM (SELECT n, id, contact, amount, ${given.at} AS at, reward.at AS made
      FROM reward WHERE kind = 'credit' AND ${given.where}) ORDER BY at`
  return [
    `INSERT OR IGNORE INTO ledger_accounts SELECT ${id('acc', String(now - span), 'value')}, ${org}, CASE value WHEN 1 THEN 'rewards'
      ELSE 'settlements' END, CASE value WHEN 1 THEN 'organization' ELSE 'clearing' END, ${org}, 'USD', 0, ${now - span} FROM json_each('[1, 2]')`,
    ...['available', 'held'].map(
      (
        kind,
        n,
      ) => `INSERT INTO ledger_accounts SELECT ${id('acc', 'made', `number * 2 + ${n + 10}`)}, ${org}, '${kind}', 'contact', contact, 'USD', 0, made
        FROM (SELECT contact, min(at) AS made, row_number() OVER () AS number FROM reward WHERE kind = 'credit' GROUP BY contact)`,
    ),
    transfer(0, { debit: budget, credit: held, code: 'reward_held', at: 'at', where: "side = 'advocate'" }),
    transfer(1, {
      debit: held,
      credit: available,
      code: 'reward_released',
      at: 'due',
      where: "side = 'advocate' AND status IN ('issued', 'redeemed')",
    }),
    transfer(2, {
      debit: held,
      credit: budget,
      code: 'reward_voided',
      at: `at + ${day}`,
      where: "side = 'advocate' AND status = 'voided'",
    }),
    transfer(0, { debit: budget, credit: available, code: 'reward_issued', at: 'at', where: "side = 'friend'" }),
    transfer(3, {
      debit: available,
      credit: budget,
      code: 'reversal',
      at: `at + ${day}`,
      where: "side = 'friend' AND status = 'voided'",
      reverses: id('trf', 'made', 'n * 4'),
    }),
    `CREATE TEMP TABLE used AS SELECT n, contact, at + ${20 * day} AS at, amount FROM reward
      WHERE kind = 'credit' AND side = 'friend' AND status = 'redeemed' AND at + ${20 * day} < ${now}`,
    `INSERT INTO credit_requests SELECT ${id('crq', 'made', 'n')}, ${org}, contact, amount, 'USD', 'next_invoice', NULL,
      CASE WHEN n > ${all * 1.96} THEN 'open' ELSE 'done' END, NULL, NULL, CASE WHEN n > ${all * 1.96} THEN NULL ELSE at END, made
      FROM (SELECT *, at - ${day} AS made FROM used WHERE n % 5 = 0)`,
    `INSERT INTO credit_entries(id, organization_id, contact_id, kind, amount, currency, note, request_id, actor, created_at)
      SELECT ${id('cre', 'at', 'n')}, ${org}, contact, 'redemption', -amount, 'USD', 'Invoice ' || n,
      CASE WHEN n % 5 = 0 THEN ${id('crq', `(at - ${day})`, 'n')} END, ${text(`member:${memberId}`)}, at FROM used WHERE NOT (n % 5 = 0 AND n > ${all * 1.96})`,
    `INSERT INTO ledger_transfers SELECT ${id('trf', 'at', 'n * 4 + 2')}, ${org}, ${available}, ${account('settlements', 'clearing', org)}, amount, 'USD',
      'redemption', 'credit_entry', ${id('cre', 'at', 'n')}, 'redemption:' || n, NULL, at FROM used
      WHERE NOT (n % 5 = 0 AND n > ${all * 1.96}) ORDER BY at`,
  ]
}
