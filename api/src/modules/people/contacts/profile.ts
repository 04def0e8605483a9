import type { UpdateContact } from '@goodword/contracts'
import { isPersonName, startOfDay } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { searchChanged } from '../../platform/search/changes.ts'
import { writeAudit } from './contacts.audit.ts'
import { contacts } from './contacts.table.ts'
import { type ContactRow, getActiveContact, getContact } from './contacts.ts'

/** Updates the given fields. The customer date starts at midnight in the organization's time zone. */
export async function updateContact(ctx: Ctx, id: string, input: UpdateContact): Promise<ContactRow> {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  return transaction(ctx, async (tx) => {
    const contact = await getActiveContact(tx, id)
    const { customerSince: day } = input
    const since = day === undefined ? contact.customerSince : day === null ? null : startOfDay(day, timeZone)
    const next = {
      name: input.name ?? contact.name,
      language: input.language ?? contact.language,
      sharesName: input.sharesName ?? contact.sharesName,
      notify: input.notify ?? contact.notify,
      customerSince: since,
      leaderboardSince: isPersonName(input.name ?? contact.name) ? contact.leaderboardSince : null,
    }
    await tx.db
      .update(contacts)
      .set(next)
      .where(and(eq(contacts.organizationId, tx.organizationId), eq(contacts.id, id)))
    if (next.name !== contact.name) searchChanged(tx, 'contact', id)
    await writeAudit(tx, {
      action: 'contact.updated',
      subjectId: id,
      data: { notify: next.notify, sharesName: next.sharesName, customerSince: since },
    })
    return getContact(tx, id)
  })
}
