import type { Client } from '@goodword/client'
import { type Advocate, CreateReferral } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createLater } from '../core/later.ts'
import { createResource } from '../core/resource.ts'

const searchDelayMs = 250

/** A referral entered by staff: who referred, and the friend. Quiet: nobody is written to on the friend's behalf. */
export function createAddReferral({ client }: { client: Client }) {
  const advocate = signal<Advocate | null>(null)
  const search = signal('')
  const name = signal('')
  const email = signal('')
  const phone = signal('')
  const note = signal('')
  const sending = createSending()
  const found = createResource((abort) =>
    client.advocates.list({ query: { limit: 6, q: search.value.trim() } }, { signal: abort }),
  )
  const later = createLater(searchDelayMs)

  return {
    advocate,
    search,
    name,
    email,
    phone,
    note,
    found,
    sending,
    typeSearch(text: string) {
      search.value = text
      advocate.value = null
      later.run(() => void found.load())
    },
    choose(one: Advocate) {
      advocate.value = one
      search.value = one.name
    },
    /** The new referral's id, or null when something has to be corrected. */
    async add() {
      const given = (text: string) => text.trim() || undefined
      const body = sending.check(
        CreateReferral.safeParse({
          advocateId: advocate.value?.id,
          friend: { name: name.value, email: given(email.value), phone: given(phone.value) },
          message: given(note.value),
        }),
      )
      if (!body) {
        const { code, ...rest } = sending.errors.value
        if (code) sending.errors.value = { ...rest, advocateId: 'Choose who referred them from the list.' }
        return null
      }
      return sending.send(() => client.referrals.create({ body }))
    },
  }
}

export type AddReferralModel = ReturnType<typeof createAddReferral>
