import { isPersonName } from '@goodword/domain'
import { and, asc, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { contactAddresses, contacts } from './contacts.table.ts'
import type { Reach } from './reach.ts'

/** A contact as a message recipient. `reach` is null without an address. */
export type MessageRecipient = { id: string; name: string; sharesName: boolean; language: string; reach: Reach | null }

const contactWithBestAddress = prepared((db) =>
  db
    .select({
      id: contacts.id,
      name: contacts.name,
      sharesName: contacts.sharesName,
      language: contacts.language,
      addressId: contactAddresses.id,
      kind: contactAddresses.kind,
      value: contactAddresses.value,
    })
    .from(contacts)
    .leftJoin(
      contactAddresses,
      and(eq(contactAddresses.contactId, contacts.id), eq(contactAddresses.organizationId, contacts.organizationId)),
    )
    .where(and(eq(contacts.id, sql.placeholder('id')), eq(contacts.organizationId, sql.placeholder('organizationId'))))
    .orderBy(sql`${contactAddresses.kind} = 'email' DESC`, asc(contactAddresses.createdAt), asc(contactAddresses.id))
    .limit(1)
    .prepare(),
)

/** A contact and the address for messages to them: the email first, then the phone. Throws not_found. */
export async function getMessageRecipient(ctx: Ctx, id: string): Promise<MessageRecipient> {
  const row = await contactWithBestAddress(ctx.db).get({ id, organizationId: ctx.organizationId })
  if (!row) throw new AppError('not_found')
  const { addressId, kind, value, name, sharesName, language } = row
  const reach =
    addressId === null || value === null
      ? null
      : { addressId, channel: kind === 'email' ? ('email' as const) : ('sms' as const), to: value }
  return { id, name, sharesName: sharesName && isPersonName(name), language, reach }
}
