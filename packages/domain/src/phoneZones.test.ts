import { describe, expect, it } from 'vitest'
import { zonesOfPhone } from './phoneZones.ts'

describe('the time zones of a phone number', () => {
  it.each([
    ['+12125550163', ['America/New_York']],
    ['+18085550163', ['Pacific/Honolulu']],
    ['+16285550163', ['America/Los_Angeles']],
    ['+16025550163', ['America/Phoenix']],
    ['+14165550163', ['America/Toronto']],
    ['+17875550163', ['America/Puerto_Rico']],
    ['+442079460958', ['Europe/London']],
    ['+447700900123', ['Europe/London']],
    ['+493012345678', ['Europe/Berlin']],
    ['+5511912345678', ['America/Sao_Paulo']],
    ['+819012345678', ['Asia/Tokyo']],
    ['+61412345678', ['Australia/Sydney']],
  ])('of %s are %j', (phone, zones) => {
    expect(zonesOfPhone(phone)).toEqual(zones)
  })

  it('are all those of an area code that several share', () => {
    expect(zonesOfPhone('+18505550163')).toEqual(['America/Chicago', 'America/New_York'])
  })

  it('are none for a number that belongs to no place or to no plan', () => {
    for (const phone of ['+18005550163', '+1', '', '+9991234567']) expect(zonesOfPhone(phone)).toEqual([])
  })

  it('are known to this runtime, every one of them', () => {
    const prefixes = [...Array(10_000).keys()].map((number) => `+${String(number).padStart(4, '1')}5550163`)
    const zones = new Set(prefixes.flatMap(zonesOfPhone))
    expect(zones.size).toBeGreaterThan(200)
    for (const timeZone of zones) expect(() => new Intl.DateTimeFormat('en-US', { timeZone })).not.toThrow()
  })
})
