import { contextFor, type LinkSubject, type Services } from '../../../shared/context.ts'
import { inLanguageOf } from '../../platform/messages/messages.links.ts'
import { DeliveryError } from '../../platform/messages/outgoing.ts'
import { createFriendLink } from './friendLinks.ts'

/** The friend's own page, in the language of the message that links to it. */
export const referralLinks = {
  async friend_page(services: Services, { organizationId, referralId, language }: LinkSubject) {
    if (organizationId === null || referralId === null)
      throw new DeliveryError('The message has no referral to link to.', true)
    const ctx = contextFor(services, organizationId, { type: 'system' })
    return inLanguageOf({ language }, `${services.config.publicUrl}/f/${await createFriendLink(ctx, referralId)}`)
  },
}
