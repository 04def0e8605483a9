import { type Ctx, type TextReply, transaction } from '../../../shared/context.ts'
import { membersToNotify } from '../../platform/members/notices.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'

const longest = 500

/** Leaves a reply that isn't about the texts themselves to the team. */
export const passOnReply = (ctx: Ctx, { id, contactId, name, text }: TextReply): Promise<void> =>
  transaction(ctx, async (tx) => {
    if (contactId === null || text.trim() === '') return
    const organization = await getOrganization(tx, tx.organizationId)
    for (const member of await membersToNotify(tx))
      await queueMessage(tx, {
        organizationId: tx.organizationId,
        personId: member.personId,
        mentions: [contactId],
        channel: 'email',
        template: 'text_reply_staff',
        to: member.email,
        name: member.name,
        values: {
          organizationName: organization.name,
          name: name ?? '',
          reply: text.slice(0, longest),
          contactUrl: `${tx.config.publicUrl}/console/contacts/${contactId}`,
        },
        ...(id === '' ? {} : { idempotencyKey: `reply:${id}:${member.personId}` }),
      })
  })
