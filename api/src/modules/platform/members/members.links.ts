import type { LinkSubject, Services } from '../../../shared/context.ts'
import { DeliveryError } from '../messages/outgoing.ts'
import { createMemberSignInToken } from './session.ts'

/** The link that signs a member in to the console. */
export const memberLinks = {
  async member_sign_in(services: Services, { personId, memberId }: LinkSubject) {
    if (personId === null) throw new DeliveryError('The message has no person to sign in.', true)
    const token = await createMemberSignInToken(services, personId, memberId)
    return `${services.config.publicUrl}/console/sign-in#token=${token}`
  },
}
