import { describe, expect, it } from 'vitest'
import { describeRange } from './kpis.tsx'

describe('which rows a page shows', () => {
  it('is said with commas, and with a plus where the count stops', () => {
    expect(describeRange(51, 20, 20, { count: 1_284, isCapped: false })).toBe('Showing 1,001–1,020 of 1,284')
    expect(describeRange(1, 20, 20, { count: 1_000, isCapped: true })).toBe('Showing 1–20 of 1,000+')
    expect(describeRange(51, 20, 20, { count: 1_000, isCapped: true })).toBe('Showing 1,001–1,020 of 1,000+')
  })
})
