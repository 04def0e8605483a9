import type { Ctx } from '../../../shared/context.ts'
import { listMembers } from '../members/members.ts'
import { queueMessage } from '../messages/messages.ts'
import { getOrganization } from '../organizations/organizations.ts'

const reasons = {
  gone: 'It answered that it is gone (410).',
  failing: 'Nothing was delivered there for three days.',
} as const

/** Notifies owners and admins that an endpoint was disabled, within the same transaction. */
export async function notifyAdmins(
  tx: Ctx,
  endpoint: { id: string; url: string },
  because: keyof typeof reasons,
): Promise<void> {
  const organization = await getOrganization(tx, tx.organizationId)
  const { items } = await listMembers(tx)
  for (const member of items.filter(({ role }) => role === 'owner' || role === 'admin')) {
    await queueMessage(tx, {
      organizationId: tx.organizationId,
      mentions: [],
      channel: 'email',
      template: 'webhook_disabled_staff',
      to: member.email,
      name: member.name,
      values: {
        organizationName: organization.name,
        host: new URL(endpoint.url).host,
        reason: reasons[because],
        webhookUrl: `${tx.config.publicUrl}/console/settings/webhooks/${endpoint.id}`,
      },
    })
  }
}
