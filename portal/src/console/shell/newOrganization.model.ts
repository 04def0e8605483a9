import { CreateOrganization, type Currency, type Organization } from '@goodword/contracts'
import { batch, signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { browserTimeZone, currencyOf, timeZoneOf } from '../core/regions.ts'
import type { Session } from '../session/session.model.ts'

type Place = Pick<Organization, 'currency' | 'country' | 'timeZone'>
type Options = { session: Pick<Session, 'found'>; like: Place; here?: string }

/** A business and where it is; what one already works in is the first guess. `here` is the time zone one sits in. */
export function createFounding({ session, like, here = browserTimeZone() }: Options) {
  const name = signal('')
  const currency = signal<Currency>(like.currency)
  const country = signal(like.country)
  const timeZone = signal(like.timeZone)
  const sending = createSending()
  /** What was chosen by hand is not proposed anew. */
  const chosen = { currency: false, timeZone: false }

  return {
    name,
    currency,
    country,
    timeZone,
    sending,
    /** Proposes the currency and the time zone of the country. */
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
    /** True when one works in the new organization. */
    async found(): Promise<boolean> {
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
        await session.found(body)
        return true
      })
      return done === true
    },
  }
}

export type FoundingModel = ReturnType<typeof createFounding>
