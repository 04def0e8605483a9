import { contextFor, type LinkSubject, type Services, transaction } from '../../../shared/context.ts'
import { DeliveryError } from '../../platform/messages/outgoing.ts'
import { newAddressToken } from './account.ts'
import { createPortalLink, type PortalScope } from './portal.ts'

/** Links that open the portal: to view it, to sign in, or to verify a new address. */
export const portalLinks = {
  portal_view: async (services: Services, subject: LinkSubject) =>
    `${services.config.publicUrl}/portal#token=${await portalToken(services, subject, 'view')}`,

  portal_sign_in: async (services: Services, subject: LinkSubject) =>
    `${services.config.publicUrl}/portal#sign-in=${await portalToken(services, subject, 'full')}`,

  async portal_address(services: Services, { organizationId, contactId, channel, to }: LinkSubject) {
    if (organizationId === null || contactId === null)
      throw new DeliveryError('The message has no contact for the new address.', true)
    const claim = { organizationId, contactId, kind: channel === 'email' ? 'email' : 'phone', value: to } as const
    return `${services.config.publicUrl}/portal#address=${newAddressToken(services, claim)}`
  },
}

function portalToken(services: Services, subject: LinkSubject, scope: PortalScope): Promise<string> {
  const { organizationId, contactId, addressId } = subject
  if (organizationId === null || contactId === null || addressId === null)
    throw new DeliveryError('The message has no contact and address for a portal link.', true)
  return transaction(contextFor(services, organizationId, { type: 'system' }), (tx) =>
    createPortalLink(tx, { contactId, addressId, scope }),
  )
}
