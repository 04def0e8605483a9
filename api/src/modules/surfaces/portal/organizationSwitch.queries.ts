import { and, asc, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { prepared } from '../../../database/prepared.ts'
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
  const { id: contactId, sessionId } = ctx.actor
  return portalsOfPerson(ctx.db).all({ organizationId: ctx.organizationId, sessionId, contactId, now: ctx.clock() })
}

const portalsOfPerson = prepared((db) =>
  db
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
        eq(portalSessions.organizationId, sql.placeholder('organizationId')),
        eq(portalSessions.id, sql.placeholder('sessionId')),
        eq(portalSessions.contactId, sql.placeholder('contactId')),
        gt(portalSessions.expiresAt, sql.placeholder('now')),
      ),
    )
    .orderBy(asc(organizations.name), asc(organizations.id))
    .limit(most)
    .prepare(),
)
