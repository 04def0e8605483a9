import { and, asc, eq, gt, isNull, ne } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { contactAddresses, contacts } from '../../people/contacts/contacts.table.ts'
import { organizations } from '../../platform/organizations/organizations.table.ts'
import { portalSessions } from './portal.table.ts'

const most = 20
const own = alias(contactAddresses, 'own')

type OtherPortal = { organizationId: string; name: string; contactId: string; addressId: string }

/**
 * The other organizations where this person is a contact: those where the owner also verified the exact address from
 * which this session was opened. An address typed by a stranger or entered by staff opens nothing, and neither does any
 * other address of either contact.
 */
export async function otherPortals(ctx: Ctx): Promise<OtherPortal[]> {
  if (ctx.actor.type !== 'contact') throw new AppError('unauthenticated')
  return ctx.db
    .select({
      organizationId: organizations.id,
      name: organizations.name,
      contactId: contacts.id,
      addressId: contactAddresses.id,
    })
    .from(portalSessions)
    .innerJoin(
      own,
      and(
        eq(own.id, portalSessions.addressId),
        eq(own.organizationId, portalSessions.organizationId),
        eq(own.contactId, portalSessions.contactId),
        eq(own.proof, 'owner'),
      ),
    )
    .innerJoin(
      contactAddresses,
      and(
        eq(contactAddresses.kind, own.kind),
        eq(contactAddresses.value, own.value),
        eq(contactAddresses.proof, 'owner'),
        ne(contactAddresses.organizationId, own.organizationId),
      ),
    )
    .innerJoin(
      contacts,
      and(
        eq(contacts.id, contactAddresses.contactId),
        eq(contacts.organizationId, contactAddresses.organizationId),
        isNull(contacts.erasedAt),
        isNull(contacts.mergedInto),
      ),
    )
    .innerJoin(organizations, eq(organizations.id, contacts.organizationId))
    .where(
      and(
        eq(portalSessions.organizationId, ctx.organizationId),
        eq(portalSessions.id, ctx.actor.sessionId),
        eq(portalSessions.contactId, ctx.actor.id),
        gt(portalSessions.expiresAt, ctx.clock()),
      ),
    )
    .orderBy(asc(organizations.name), asc(organizations.id))
    .limit(most)
}
