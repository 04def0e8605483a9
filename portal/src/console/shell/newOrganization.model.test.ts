import type { CreateOrganization } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { currencyOf, timeZoneOf } from '../core/regions.ts'
import { createNewOrganization } from './newOrganization.model.ts'

const like = { currency: 'USD', country: 'US', timeZone: 'America/Chicago' } as const

/** A user in Melbourne who works for a business in Chicago. */
function open() {
  const created: CreateOrganization[] = []
  const session = {
    createOrganization: async (body: CreateOrganization) => {
      created.push(body)
    },
  }
  const model = createNewOrganization({ session, like, here: 'Australia/Melbourne' })
  const place = () => [model.country.value, model.currency.value, model.timeZone.value]
  return { model, place, created }
}

describe('creating another organization', () => {
  it('starts with the region of the current one', () => {
    expect(open().place()).toEqual(['US', 'USD', 'America/Chicago'])
  })

  it('suggests the country’s currency and time zone, preferring the user’s own', () => {
    const { model, place } = open()
    model.setCountry('DE')
    expect(place()).toEqual(['DE', 'EUR', 'Europe/Berlin'])
    model.setCountry('AU')
    expect(place()).toEqual(['AU', 'AUD', 'Australia/Melbourne'])
    // The forint is not supported.
    model.setCountry('HU')
    expect(place()).toEqual(['HU', 'USD', 'Europe/Budapest'])
    model.setCountry('US')
    expect(place()).toEqual(['US', 'USD', 'America/Chicago'])
  })

  it('keeps what the user chose', async () => {
    const { model, place, created } = open()
    model.setCurrency('GBP')
    model.setCountry('ES')
    expect(place()).toEqual(['ES', 'GBP', 'Europe/Madrid'])
    model.setTimeZone('Atlantic/Canary')
    model.setCountry('PT')
    expect(place()).toEqual(['PT', 'GBP', 'Atlantic/Canary'])
    model.name.value = 'Bayside Roofing'
    expect(await model.create()).toBe(true)
    expect(created).toEqual([{ name: 'Bayside Roofing', country: 'PT', currency: 'GBP', timeZone: 'Atlantic/Canary' }])
  })
})

describe('a country', () => {
  it.each([
    ['US', 'USD', 'America/New_York'],
    ['CA', 'CAD', 'America/Toronto'],
    ['BR', 'BRL', 'America/Sao_Paulo'],
    ['NZ', 'NZD', 'Pacific/Auckland'],
    ['CH', 'CHF', 'Europe/Zurich'],
    ['XX', null, null],
  ])('%s uses %s and the time zone %s', (country, currency, timeZone) => {
    expect([currencyOf(country), timeZoneOf(country, [])]).toEqual([currency, timeZone])
  })
})
