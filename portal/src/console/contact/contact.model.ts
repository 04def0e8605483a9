import type { Client } from '@goodword/client'
import { AddAddress, type ContactDetail, UpdateContact } from '@goodword/contracts'
import { dayIn } from '@goodword/domain'
import { signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createOneAtATime } from '../core/oneAtATime.ts'
import { createResource } from '../core/resource.ts'

/** One contact, with actions on their addresses and duplicates. */
export function createContact({ client, id }: { client: Client; id: string }) {
  const contact = createResource((abort) => client.contacts.get({ params: { id } }, { signal: abort }))
  const { busy, problem, run } = createOneAtATime(() => contact.load())
  const put = (next: ContactDetail) => {
    contact.data.value = next
  }

  /** `on` names the record it works on. Resolves to whether it was done. */
  async function runAction(on: string, work: () => Promise<ContactDetail>): Promise<boolean> {
    const next = await run(on, work)
    if (next) put(next)
    return next !== null
  }

  return {
    contact,
    problem,
    busy,
    put,
    confirm: (addressId: string) =>
      runAction(addressId, () => client.contacts.confirmAddress({ params: { id }, body: { addressId } })),
    remove: (addressId: string) =>
      runAction(addressId, () => client.contacts.removeAddress({ params: { id }, body: { addressId } })),
    dismiss: (otherId: string) =>
      runAction(otherId, () => client.contacts.dismissDuplicate({ params: { id }, body: { otherId } })),
  }
}

export type ContactModel = ReturnType<typeof createContact>

/** The contact's fields except addresses. */
export function createProfile({
  client,
  contact,
  timeZone,
}: {
  client: Client
  contact: ContactDetail
  timeZone: string
}) {
  const sending = createSending()
  const name = signal(contact.name)
  const before = contact.customerSince ? dayIn(timeZone, Date.parse(contact.customerSince)) : ''
  const customerSince = signal(before)
  const language = signal(contact.language)
  const notify = signal(contact.notify)
  const sharesName = signal(contact.sharesName)
  return {
    sending,
    name,
    customerSince,
    language,
    notify,
    sharesName,
    async save(): Promise<ContactDetail | null> {
      const day = customerSince.value
      const body = sending.check(
        UpdateContact.safeParse({
          name: name.value,
          language: language.value,
          notify: notify.value,
          sharesName: sharesName.value,
          ...(day === before ? {} : { customerSince: day === '' ? null : day }),
        }),
      )
      return body && sending.send(() => client.contacts.update({ params: { id: contact.id }, body }))
    },
  }
}

export type ProfileModel = ReturnType<typeof createProfile>

/** Adds an email address or phone number, told apart by what is typed. */
export function createAddress({ client, id }: { client: Client; id: string }) {
  const sending = createSending()
  const value = signal('')
  return {
    sending,
    value,
    async add(): Promise<ContactDetail | null> {
      const kind = value.value.includes('@') ? 'email' : 'phone'
      const body = sending.check(AddAddress.safeParse({ kind, value: value.value }))
      return body && sending.send(() => client.contacts.addAddress({ params: { id }, body }))
    },
  }
}
