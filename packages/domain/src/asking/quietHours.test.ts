import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../../test/checkProperty.ts'
import { anyDay, wallClock, zones } from '../../test/clocks.ts'
import { momentAt } from '../calendar.ts'
import { outsideQuietHours } from './quietHours.ts'

const night = { from: '20:00', until: '09:00' }
const newYork = 'America/New_York'
const iso = (at: number) => new Date(at).toISOString()
const leaves = (due: string, quiet: typeof night, organization: string, recipient: string[] = []) =>
  iso(outsideQuietHours(Date.parse(due), quiet, { organization, recipient }))

describe('a message that is due in quiet hours', () => {
  it('waits for the morning; by day it leaves at once', () => {
    expect(leaves('2026-12-01T02:00:00Z', night, 'America/Los_Angeles')).toBe('2026-12-01T02:00:00.000Z')
    expect(leaves('2026-12-01T04:00:00Z', night, 'America/Los_Angeles')).toBe('2026-12-01T17:00:00.000Z')
    expect(leaves('2026-12-01T16:59:59Z', night, 'America/Los_Angeles')).toBe('2026-12-01T17:00:00.000Z')
    expect(leaves('2026-12-01T17:00:00Z', night, 'America/Los_Angeles')).toBe('2026-12-01T17:00:00.000Z')
  })

  it('waits for the clock on the wall when clocks change in the night', () => {
    expect(leaves('2026-03-08T04:00:00Z', night, newYork)).toBe('2026-03-08T13:00:00.000Z')
    expect(leaves('2026-11-01T04:00:00Z', night, newYork)).toBe('2026-11-01T14:00:00.000Z')
  })

  it('waits past an end that clocks skip, and only for the first of two', () => {
    expect(leaves('2026-03-08T06:00:00Z', { from: '22:00', until: '02:30' }, newYork)).toBe('2026-03-08T07:30:00.000Z')
    const early = { from: '22:00', until: '01:30' }
    expect(leaves('2026-11-01T05:00:00Z', early, newYork)).toBe('2026-11-01T05:30:00.000Z')
    // 1:10 for the second time: the quiet hours are over.
    expect(leaves('2026-11-01T06:10:00Z', early, newYork)).toBe('2026-11-01T06:10:00.000Z')
  })

  it('waits at noon where quiet hours are at noon', () => {
    const noon = { from: '12:00', until: '14:00' }
    expect(leaves('2026-12-01T17:30:00Z', noon, newYork)).toBe('2026-12-01T19:00:00.000Z')
    expect(leaves('2026-12-01T19:00:00Z', noon, newYork)).toBe('2026-12-01T19:00:00.000Z')
  })

  it('waits for an hour that suits a Honolulu firm and a New York phone', () => {
    expect(leaves('2026-12-02T05:30:00Z', night, 'Pacific/Honolulu', [newYork])).toBe('2026-12-02T19:00:00.000Z')
  })

  it('follows the recipient if no hour suits both', () => {
    const most = { from: '12:00', until: '10:00' }
    expect(leaves('2026-12-01T00:00:00Z', most, 'Pacific/Honolulu', [newYork])).toBe('2026-12-01T15:00:00.000Z')
  })

  it('follows the organization if the number fits places that have no hour in common', () => {
    const most = { from: '12:00', until: '10:00' }
    const russia = ['Europe/Kaliningrad', 'Asia/Kamchatka']
    expect(leaves('2026-12-01T00:00:00Z', most, 'Europe/Berlin', russia)).toBe('2026-12-01T09:00:00.000Z')
  })
})

it('never leaves at a quiet hour of anybody, and never later than needed, for any zones and times', () => {
  const anyClock = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:00`)
  const zone = fc.constantFrom(...zones)
  const anyNight = fc.tuple(anyClock, anyClock).filter(([from, until]) => from !== until)
  checkProperty(
    fc.property(
      anyDay,
      fc.nat(1_439),
      anyNight,
      zone,
      fc.array(zone, { maxLength: 2 }),
      (day, minute, given, own, recipient) => {
        const [from, until] = given
        const due = Date.parse(`${day}T00:00:00Z`) + minute * 60_000
        const at = outsideQuietHours(due, { from, until }, { organization: own, recipient })
        expect(at).toBeGreaterThanOrEqual(due)
        const isQuiet = (moment: number, timeZone: string) => {
          const shows = wallClock(timeZone, moment).slice(11)
          return from < until ? shows >= from && shows < until : shows >= from || shows < until
        }
        const all = [own, ...recipient]
        // A clock that goes back shows a quiet time twice, and the second one is not quiet.
        const changes = all.some((timeZone) => {
          const offset = (moment: number) => Date.parse(`${wallClock(timeZone, moment).replace(' ', 'T')}Z`) - moment
          return Math.abs(offset(due - 86_400_000) - offset(at + 86_400_000)) > 59_999
        })
        if (changes) return
        const common = [...Array(2 * 1_440).keys()].map((later) => due + later * 60_000)
        const first = common.find((moment) => all.every((timeZone) => !isQuiet(moment, timeZone)))
        if (first !== undefined) expect(iso(at)).toBe(iso(first))
      },
    ),
    60,
  )
})

it('is the end of the quiet hours on the day after, for any zone, even when clocks change', () => {
  checkProperty(
    fc.property(anyDay, fc.constantFrom(...zones), (day, organization) => {
      const start = momentAt(day, '22:00', organization)
      const next = new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
      const quiet = { from: '22:00', until: '07:00' }
      expect(outsideQuietHours(start, quiet, { organization, recipient: [] })).toBe(
        momentAt(next, '07:00', organization),
      )
    }),
  )
})
