import { CreateOrganization, type Currency, type Organization } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import type { Session } from '../session/session.model.ts'

/** A business and where it is; what one already works in is the first guess. */
export function createFounding({ session, like }: { session: Session; like: Organization }) {
  const name = signal('')
  const currency = signal<Currency>(like.currency)
  const country = signal(like.country)
  const timeZone = signal(like.timeZone)
  const sending = createSending()

  return {
    name,
    currency,
    country,
    timeZone,
    sending,
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
