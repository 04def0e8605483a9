import { type PortalAccount, PortalExport } from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { contactParts } from './contactParts.ts'

/**
 * Everything the organization stores about a contact. Friends they referred are masked, because that is other people's
 * data.
 */
export async function exportPerson(ctx: Ctx, contactId: string, account: PortalAccount): Promise<PortalExport> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const contact = await getContact(ctx, contactId)
  const person = { ...account, customerSince: isoOrNull(contact.customerSince) }
  const parts = await Promise.all(contactParts(ctx).map((part) => part.export?.(ctx, contactId)))
  const all = { exportedAt: iso(ctx.clock()), organization: organization.name, person }
  return PortalExport.parse(Object.assign(all, ...parts))
}
