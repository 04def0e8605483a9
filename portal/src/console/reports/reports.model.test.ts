import { describe, expect, it } from 'vitest'
import { clientRespondingWith, json } from '../core/testClient.testing.ts'
import {
  createReports,
  defaultQuery,
  periodDays,
  readReportQuery,
  shareText,
  writeReportQuery,
} from './reports.model.ts'

describe('a report', () => {
  it('keeps its state in the URL, and ignores values that do not apply', () => {
    const asked = readReportQuery({
      report: 'advocates',
      period: 'own',
      from: '2026-01-05',
      to: 'soon',
      campaign: 'cam_1',
    })
    expect(asked).toEqual({
      ...defaultQuery,
      report: 'advocates',
      period: 'own',
      from: '2026-01-05',
      campaign: 'cam_1',
    })
    expect(writeReportQuery(asked)).toBe('/console/reports?report=advocates&period=own&from=2026-01-05&campaign=cam_1')
    expect(writeReportQuery(readReportQuery({ report: 'weather' }))).toBe('/console/reports')
  })

  it.each([
    ['30d', '2026-02-12', '2026-03-13'],
    ['90d', '2025-12-14', '2026-03-13'],
    ['month', '2026-03-01', '2026-03-13'],
    ['last-month', '2026-02-01', '2026-02-28'],
    ['year', '2026-01-01', '2026-03-13'],
    ['12m', '2025-04-01', '2026-03-13'],
  ] as const)('on Mar 13, 2026 over %s is from %s to %s', (period, from, to) => {
    expect(periodDays({ ...defaultQuery, period }, '2026-03-13')).toEqual({ from, to })
  })

  it('requests its own period, and offers the same one as CSV', async () => {
    const { client, sent } = clientRespondingWith(() => json({}))
    const model = createReports({ client, navigate: () => {}, today: () => '2026-03-13' })
    model.show({ ...defaultQuery, period: 'own', from: '2026-01-01', to: '2026-01-31' })
    await expect.poll(() => sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ path: '/v1/reports/funnel' })
    expect(Object.fromEntries(sent[0]?.query ?? [])).toEqual({ from: '2026-01-01', to: '2026-01-31' })
    expect(model.tableAddress()).toBe('/v1/reports/funnel/export?from=2026-01-01&to=2026-01-31')
  })

  it('restarts at the first page when the filter changes', () => {
    const went: string[] = []
    const { client } = clientRespondingWith(() => json({}))
    const model = createReports({ client, navigate: (url) => went.push(url), today: () => '2026-03-13' })
    model.show({ ...defaultQuery, report: 'outstanding', cursor: 'abc' })
    model.change({ asOf: '2026-02-28' })
    expect(went).toEqual(['/console/reports?report=outstanding&asOf=2026-02-28'])
  })

  it('rounds shares for readers', () => {
    // 7 of 200 is 3.5%, 30 of 100 is 30%, 5 of 100 is 5%.
    expect([shareText(7, 200), shareText(30, 100), shareText(5, 100), shareText(1, 0)]).toEqual([
      '3.5%',
      '30%',
      '5%',
      null,
    ])
  })
})
