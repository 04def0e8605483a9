import type { Client } from '@goodword/client'
import { CreateReferral } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createAdvocateSearch } from './advocateSearch.ts'

const optional = (text: string) => text.trim() || undefined

export type KnownFriend = { name: string; email: string; phone: string }

/**
 * A referral entered by staff, with the advocate and the friend as far as they are known. The friend is not contacted.
 */
export function createAddReferral({
  client,
  friend: known = { name: '', email: '', phone: '' },
}: {
  client: Client
  friend?: KnownFriend | undefined
}) {
  const search = createAdvocateSearch({ client })
  /** The advocate is unknown: the campaign is chosen, and optionally the name that was mentioned. */
  const unknown = signal(false)
  const campaignId = signal<string | null>(null)
  const advocateNamed = signal('')
  const name = signal(known.name)
  const email = signal(known.email)
  const phone = signal(known.phone)
  const note = signal('')
  const sending = createSending()

  const whoReferred = () =>
    unknown.value
      ? { campaignId: campaignId.value ?? undefined, advocateNamed: optional(advocateNamed.value) }
      : { advocateId: search.chosen.value?.id }
  const friend = () => {
    const typed = { name: name.value, email: optional(email.value), phone: optional(phone.value) }
    return optional(typed.name) || typed.email || typed.phone ? typed : undefined
  }

  return {
    search,
    unknown,
    campaignId,
    advocateNamed,
    name,
    email,
    phone,
    note,
    sending,
    /** The new referral, or null when something has to be corrected. */
    async add() {
      const body = sending.check(
        CreateReferral.safeParse({ ...whoReferred(), friend: friend(), message: optional(note.value) }),
      )
      if (body) return sending.send(() => client.referrals.create({ body }))
      const { code, friend: neither, ...rest } = sending.errors.value
      sending.errors.value = {
        ...rest,
        ...(code ? { [unknown.value ? 'campaignId' : 'advocateId']: advocateError(unknown.value) } : {}),
        ...(neither ? { 'friend.name': neither } : {}),
      }
      return null
    },
  }
}

const advocateError = (unknown: boolean) =>
  unknown ? 'Choose the campaign.' : 'Choose who referred them from the list.'

export type AddReferralModel = ReturnType<typeof createAddReferral>
