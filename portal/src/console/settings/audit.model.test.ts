import type { AuditEntry } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json } from '../core/testClient.testing.ts'
import {
  actorLabel,
  actorOptions,
  createAudit,
  describeDetails,
  exportUrl,
  readAuditList,
  subjectPath,
  writeAuditList,
} from './audit.model.ts'

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: idOf('aud', 1),
  at: '2026-06-01T16:00:00.000Z',
  actor: 'system',
  actorName: null,
  action: 'referral.converted',
  label: 'Referral converted',
  subjectId: idOf('ref', 1),
  subjectName: null,
  data: {},
  ...more,
})

describe('the audit trail', () => {
  it('keeps its filters in the URL, and uses the same ones for the CSV export', () => {
    const url = '/console/settings/audit?actor=system&group=member&from=2026-06-01&cursor=abc'
    const list = readAuditList(Object.fromEntries(new URL(url, 'http://x.test').searchParams))
    expect(writeAuditList(list)).toBe(url)
    expect(exportUrl(list)).toBe('/v1/audit/export?actor=system&group=member&from=2026-06-01')
    expect(exportUrl(readAuditList({}))).toBe('/v1/audit/export')
  })

  it('restarts at the first page when a filter changes, and pages back', async () => {
    const gone: string[] = []
    const { client, sent } = clientRespondingWith(({ query }) =>
      json(
        query.get('cursor') === 'two'
          ? { items: [entry()], nextCursor: null, previousCursor: 'one' }
          : { items: [entry()], nextCursor: 'two', previousCursor: null },
      ),
    )
    const model = createAudit({
      client,
      navigate: (url) => {
        gone.push(url)
        model.show(readAuditList(Object.fromEntries(new URL(url, 'http://x.test').searchParams)))
      },
    })
    model.show(readAuditList({ group: 'member' }))
    await expect.poll(() => model.page.data.value).not.toBeNull()
    expect(sent[0]?.query.get('group')).toBe('member')
    model.turn('next')
    await expect.poll(() => model.hasPrevious.value).toBe(true)
    model.turn('previous')
    await expect.poll(() => model.hasNext.value).toBe(true)
    model.turn('last')
    model.change({ actor: 'friend' })
    expect(gone.map((url) => url.split('?')[1])).toEqual([
      'group=member&cursor=two',
      'group=member&cursor=one',
      'group=member&cursor=last',
      'actor=friend&group=member',
    ])
  })

  it('waits until the year is typed completely', () => {
    const gone: string[] = []
    const { client } = clientRespondingWith(() => json({ items: [], nextCursor: null, previousCursor: null }))
    const model = createAudit({ client, navigate: (url) => gone.push(url) })
    for (const typed of ['0002-06-01', '0020-06-01', '0202-06-01', '2026-06-01']) model.changeDay('from', typed)
    expect(gone).toEqual(['/console/settings/audit?from=2026-06-01'])
  })

  it('describes entries', () => {
    expect(actorLabel(entry({ actor: 'friend' }))).toBe('A friend')
    expect(actorLabel(entry({ actor: `member:${idOf('mem', 1)}`, actorName: 'Maya Ortiz' }))).toBe('Maya Ortiz')
    expect(describeDetails(entry({ data: { from: 'staff', to: 'admin', note: null } }), 'USD')).toBe(
      'from staff · to admin',
    )
    // 125,000 cents are $1,250.00.
    expect(describeDetails(entry({ data: { jobValue: 125_000, notify: true } }), 'USD')).toBe(
      'job value $1,250.00 · notify yes',
    )
    const redeemed = entry({ data: { entryId: idOf('cre', 1), amount: 2_000, currency: 'EUR' } })
    expect(describeDetails(redeemed, 'USD')).toBe('amount €20.00')
    expect(subjectPath(idOf('ref', 1))).toBe(`/console/referrals/${idOf('ref', 1)}`)
    expect(subjectPath(idOf('key', 1))).toBeNull()
  })

  it('still names members who were removed', () => {
    const gone = `member:${idOf('mem', 9)}`
    expect(actorOptions([], [], gone).at(-1)).toEqual({ value: gone, label: gone })
    expect(actorOptions([], [], '').filter(({ value }) => value === '')).toHaveLength(1)
  })
})
