import { askReasons, type JobEvent, jobEffectReasons, jobEventNotes, jobEventReasons } from '@goodword/contracts'
import { erasedName } from '@goodword/domain'
import { describe, expect, it } from 'vitest'
import { idOf } from '../core/testClient.testing.ts'
import { effectSentence, inOrder, markOfEffect, type Saying } from './effects.sentences.ts'
import { indentJson } from './indentJson.ts'
import { eventTime, jobLine, whomOf } from './jobEvent.labels.ts'
import { isToldByEffects, noteSentences, sentenceOf } from './jobEvent.sentences.ts'

const rosa = { id: idOf('con', 1), name: 'Rosa Medina' }
const now = Date.UTC(2026, 10, 30, 17, 42)
const about = { facts: {}, contact: rosa, needsPerson: false, notes: [] }
const applied = 'applied' as const
const saying: Saying = {
  currency: 'USD',
  timeZone: 'America/Los_Angeles',
  now,
  campaignName: () => 'Neighbor Thank-You',
}
const text = ({ lead, rest }: { lead: string; rest?: string }) => `${lead} ${rest ?? ''}`.trim()
const say = (reason: JobEvent['reason'], facts: JobEvent['facts'] = {}) =>
  text(sentenceOf({ ...about, outcome: 'applied', reason, facts }, 'USD'))
const tell = (reason: (typeof jobEffectReasons)[number], facts: JobEvent['facts'] = {}) =>
  text(effectSentence({ reason, facts }, rosa, saying))

it('calls nobody by the name that stands for an erased one', () => {
  const erased = { ...rosa, name: erasedName }
  const facts = { advocateAmount: 4_200, friendAmount: 2_000, currency: 'USD' }
  expect(text(effectSentence({ reason: 'converted', facts }, erased, saying))).toBe(
    'Converted a referral. $42.00 for the advocate, $20.00 for the customer.',
  )
})

/** One that a person could read aloud, whatever facts are missing. */
const isSentence = (sentence: string) => {
  expect(sentence).toMatch(/^[A-Z“].*[.?]$/)
  expect(sentence).not.toMatch(/undefined|null|NaN|\$\{| {2}| \.|“” /)
}

describe('what came of an event', () => {
  it('is said for every reason, effect and note, also without its facts', () => {
    for (const reason of jobEventReasons) isSentence(say(reason))
    for (const reason of jobEffectReasons) isSentence(tell(reason))
    for (const why of askReasons) isSentence(tell('not_asked', { why }))
    for (const note of jobEventNotes)
      isSentence(
        noteSentences({ ...about, contact: null, outcome: 'applied', reason: null, notes: [note] }, 'USD').join(),
      )
  })

  it.each([
    ['job_invoiced', { value: 84_000 }, 'Job invoiced. Its value is $840.00.'],
    ['job_invoiced', { value: 5_120, currency: 'KWD' }, 'Job invoiced. Its value is KWD\u00a05.120.'],
    ['job_updated', { value: 9_000, before: 8_000 }, 'Job updated. Its value is $90.00, before $80.00.'],
    [
      'job_refunded',
      { change: 5_000, refunded: 8_000, value: 38_500 },
      'Part of the job refunded: $50.00, $80.00 in all of $385.00.',
    ],
    [
      'job_refunded',
      { change: 500, full: true, value: 500, currency: 'JPY' },
      'Job refunded. All of its ¥500 is back.',
    ],
    ['refund_given_back', { change: -25_000 }, 'A refund failed. $250.00 is with you again.'],
    ['older_than_known', { score: 3, known: 5 }, 'Nothing changed: this score of 3 is older than the 5 we have.'],
    [
      'condition_not_met',
      { path: 'status', is: 'equal', value: 'paid', found: 'open' },
      'Not used: “status” is “open”, and you only take “paid”.',
    ],
    [
      'amount_unreadable',
      { field: 'total', sent: '1,200.50' },
      'Can’t be used: “total” is “1,200.50”, which can’t be read as an amount. Send digits and at most a decimal point.',
    ],
    ['body_not_json', { at: '8' }, 'Can’t be read: it isn’t valid JSON. Look at character 9.'],
    ['body_repeats_field', { at: 'type' }, 'Can’t be read: it has “type” twice, and the two may differ.'],
    ['body_too_deep', { at: 'a[0][0]' }, 'Can’t be read: it is nested too deeply in “a”.'],
    ['currency_changed', { currency: 'EUR', known: 'USD' }, 'Can’t be used: it is in EUR, but this job is in USD.'],
    ['request_refused', { failure: 'signature_wrong', from: '203.0.113.9' }, 'Refused: the signature does not match.'],
  ] as const)('%s with its facts', (reason, facts, sentence) => expect(say(reason, facts)).toBe(sentence))

  it.each([
    [
      'ask_scheduled',
      { enrolled: true, what: 'ask', at: now + 7_200_000, dueAt: now + 7_200_000, channels: 'sms' },
      'Enrolled in Neighbor Thank-You. Text goes out at 11:42 AM.',
    ],
    [
      'ask_scheduled',
      { enrolled: false, what: 'reminder', at: now + 86_400_000, dueAt: now, channels: 'sms email' },
      'Reminder of Neighbor Thank-You. Text and email go out on Dec 1, 9:42 AM, after quiet hours.',
    ],
    ['ask_waits_for_score', { until: now + 3 * 86_400_000 }, 'Waits for a score until Dec 3, 9:42 AM.'],
    ['not_asked', { why: 'score_low', score: 2, minScore: 4 }, 'Nobody was asked. The score of 2 is under your 4.'],
    [
      'not_asked',
      { why: 'asked_lately', days: 41, gapDays: 90, againOn: '2027-01-17' },
      'Nobody was asked. Asked 41 days ago. Nobody is asked twice within 90 days; earliest again Jan 17, 2027.',
    ],
    [
      'not_asked',
      { why: 'no_channel', text: 'stopped', email: 'no_email' },
      'Nobody was asked. This contact has stopped texts and has no confirmed email address.',
    ],
    [
      'not_asked',
      { why: 'no_channel', text: 'no_phone', email: 'no_email' },
      'Nobody was asked. This contact has no confirmed phone number or email address.',
    ],
    [
      'converted',
      { advocateAmount: 4_200, friendAmount: 2_000, currency: 'USD' },
      'Converted a referral. $42.00 for the advocate, $20.00 for Rosa.',
    ],
    [
      'below_minimum',
      { value: 6_000, minimum: 10_000, currency: 'USD' },
      'Referral stays open: $60.00 is under the smallest job that counts, $100.00.',
    ],
  ] as const)('%s with its facts', (reason, facts, sentence) => expect(tell(reason, facts)).toBe(sentence))

  it('calls a customer by the whole name if the first one is an initial', () => {
    const told = (name: string) =>
      effectSentence({ reason: 'call_customer', facts: { score: 2 } }, { id: idOf('con', 1), name }, saying)
    expect([told('G. Marsh').lead, told('Rosa Medina').lead]).toEqual(['Call G. Marsh.', 'Call Rosa.'])
  })

  it('says that a customer without any address can’t be asked', () => {
    const event = { ...about, outcome: 'applied' as const, reason: 'job_completed' as const, needsPerson: true }
    expect(text(sentenceOf(event, 'USD'))).toBe('Can’t be asked yet: the job came without a phone or email we can use.')
    expect(text(sentenceOf({ ...event, contact: null }, 'USD'))).toBe('Nobody to ask: the job came without a customer.')
    // Effects tell it all, unless they say little or somebody is needed.
    const told = (needsPerson: boolean, reason: 'not_asked' | 'no_referral') =>
      isToldByEffects({ ...event, needsPerson, effects: [{ reason, facts: {} }] })
    expect([told(false, 'not_asked'), told(true, 'not_asked'), told(false, 'no_referral')]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('tells what it did before what it did not', () => {
    const order = inOrder([
      { reason: 'no_referral', facts: {} },
      { reason: 'not_asked', facts: {} },
      { reason: 'ask_scheduled', facts: {} },
    ])
    expect(order.map(({ reason }) => reason)).toEqual(['ask_scheduled', 'not_asked', 'no_referral'])
    expect([order[0], order[1]].map((effect) => markOfEffect(effect)?.icon)).toEqual(['send', 'minus'])
  })

  it('names whom and what it is about', () => {
    const job = { id: idOf('job', 1), externalId: '4468', title: 'Tap', dontAsk: false }
    const connection = { id: idOf('cnx', 1), name: 'Stripe' }
    expect(jobLine({ job, facts: { score: 5 }, contact: rosa, connection, outcome: applied }, 'USD')).toBe(
      'Job 4468, score 5 of 5',
    )
    expect(jobLine({ job, facts: { change: 415_000 }, contact: rosa, connection, outcome: applied }, 'USD')).toBe(
      'Job 4468, $4,150.00 back',
    )
    // A shop tells with each order that nothing of it was refunded.
    expect(jobLine({ job, facts: { change: 0 }, contact: rosa, connection, outcome: applied }, 'USD')).toBe(
      'Job 4468, Tap',
    )
    const unread = { job: null, facts: {}, contact: null, connection }
    expect(jobLine({ ...unread, facts: { from: '203.0.113.9' }, outcome: 'rejected' }, 'USD')).toBe('From 203.0.113.9')
    expect(jobLine({ ...unread, outcome: 'rejected' }, 'USD')).toBe('Not used')
    expect(jobLine({ ...unread, outcome: 'received' }, 'USD')).toBe('Not read yet')
    expect(whomOf({ contact: null, connection, reason: 'request_refused' })).toBe('Unknown sender')
    expect(eventTime('2026-11-30T02:12:00Z', now, saying.timeZone)).toBe('Nov 29, 6:12 PM')
  })

  it('shows what was sent line by line, with every digit as it was', () => {
    expect(indentJson('{"a":12345678901234567890,"b":[],"c":[1,{"d":"x: {,}"}]}')).toBe(
      '{\n  "a": 12345678901234567890,\n  "b": [],\n  "c": [\n    1,\n    {\n      "d": "x: {,}"\n    }\n  ]\n}',
    )
    expect([indentJson('{"type":'), indentJson('no JSON')]).toEqual(['{\n  "type": ', 'no JSON'])
  })
})
