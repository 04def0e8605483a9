import { Readable } from 'node:stream'
import type { PortalAccount } from '@goodword/contracts'
import type { Ctx, PersonRows } from '../../../shared/context.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { contactParts } from './contactParts.ts'

/**
 * Everything the organization stores about a contact, as the JSON text of a PortalExport that is written while it is
 * read: an advocate may have referred any number of friends. These are masked, because that is other people's data.
 */
export async function exportPerson(ctx: Ctx, contactId: string, account: PortalAccount): Promise<Readable> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const contact = await getContact(ctx, contactId)
  const person = { ...account, customerSince: isoOrNull(contact.customerSince) }
  const head = { exportedAt: iso(ctx.clock()), organization: organization.name, person }
  const lists: Required<PersonRows> = Object.assign(
    {
      programs: noRows(),
      friendsReferred: noRows(),
      referredAsFriend: noRows(),
      rewards: noRows(),
      credit: noRows(),
      creditRequests: noRows(),
      jobs: noRows(),
      messages: noRows(),
    },
    ...contactParts(ctx).map((part) => part.export?.(ctx, contactId)),
  )
  return Readable.from(textOf(head, lists), { objectMode: false })
}

async function* noRows(): AsyncGenerator<never[]> {}

async function* textOf(head: object, lists: PersonRows): AsyncGenerator<Buffer> {
  yield Buffer.from(JSON.stringify(head).slice(0, -1))
  for (const [name, pages] of Object.entries(lists)) {
    yield Buffer.from(`,${JSON.stringify(name)}:[`)
    let separator = ''
    for await (const rows of pages) {
      if (rows.length === 0) continue
      yield Buffer.from(separator + JSON.stringify(rows).slice(1, -1))
      separator = ','
    }
    yield Buffer.from(']')
  }
  yield Buffer.from('}')
}
