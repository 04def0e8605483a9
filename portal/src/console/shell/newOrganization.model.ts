import { CreateOrganization, type Currency, type Organization } from '@goodword/contracts'
import { batch, signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { browserTimeZone, currencyOf, timeZoneOf } from '../core/regions.ts'
import type { Session } from '../session/session.model.ts'

type Place = Pick<Organization, 'currency' | 'country' | 'timeZone'>
type Options = { session: Pick<Session, 'createOrganization'>; like: Place; here?: string }

/** A new organization and its region, preset from the current one. `here` is the browser's time zone. */
export function createNewOrganization({ session, like, here = browserTimeZone() }: Options) {
  const name = signal('')
  const currency = signal<Currency>(like.currency)
  const country = signal(like.country)
  const timeZone = signal(like.timeZone)
  const sending = createSending()
  /** Fields chosen manually are not suggested again. */
  const chosen = { currency: false, timeZone: false }

  return {
    name,
    currency,
    country,
    timeZone,
    sending,
    /** Suggests the country's currency and time zone. */
    setCountry(code: string) {
      const same = code === like.country
      batch(() => {
        country.value = code
        if (!chosen.currency) currency.value = (same ? null : currencyOf(code)) ?? like.currency
        if (!chosen.timeZone) timeZone.value = (same ? null : timeZoneOf(code, [here, like.timeZone])) ?? like.timeZone
      })
    },
    setCurrency(code: Currency) {
      chosen.currency = true
      currency.value = code
    },
    setTimeZone(zone: string) {
      chosen.timeZone = true
      timeZone.value = zone
    },
    /** Resolves to true when the user was switched to the new organization. */
    async create(): Promise<boolean> {
      const body = sending.check(
        CreateOrganization.safeParse({
          name: name.value,
          currency: currency.value,
          country: country.value,
          timeZone: timeZone.value,
        }),
      )
      if (!body) return false
      const done = await sending.send(async () => {
        await session.createOrganization(body)
        return true
      })
      return done === true
    },
  }
}

export type NewOrganizationModel = ReturnType<typeof createNewOrganization>
