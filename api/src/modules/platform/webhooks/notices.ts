import type { Ctx } from '../../../shared/context.ts'
import { adminsToNotify } from '../members/notices.ts'
import { queueMessage } from '../messages/messages.ts'
import { getOrganization } from '../organizations/organizations.ts'

/** Notifies owners and admins that an endpoint was disabled, within the same transaction. */
export async function notifyAdmins(
  tx: Ctx,
  endpoint: { id: string; url: string },
  because: 'gone' | 'failing',
): Promise<void> {
  const organization = await getOrganization(tx, tx.organizationId)
  for (const member of await adminsToNotify(tx)) {
    await queueMessage(tx, {
      organizationId: tx.organizationId,
      personId: member.personId,
      mentions: [],
      channel: 'email',
      template: 'webhook_disabled_staff',
      to: member.email,
      name: member.name,
      values: ({ say }) => ({
        organizationName: organization.name,
        host: new URL(endpoint.url).host,
        reason: say(`staff.webhook.${because}`),
        webhookUrl: `${tx.config.publicUrl}/console/settings/webhooks/${endpoint.id}`,
      }),
    })
  }
}
