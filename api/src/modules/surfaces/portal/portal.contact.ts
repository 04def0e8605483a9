import type { ContactPart } from '../../../shared/context.ts'
import { endPortalAccess } from './revokeAccess.ts'

export const portalOfContacts: ContactPart = {
  tables: ['portal_links', 'portal_sessions'],
  move: (tx, { from }) => endPortalAccess(tx, from.id),
  erase: (tx, { contactId }) => endPortalAccess(tx, contactId),
}
