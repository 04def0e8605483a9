import { reachOf } from '../modules/platform/webhooks/addresses.ts'
import { addEndpoint } from '../modules/platform/webhooks/endpoints.ts'
import type { Ctx } from '../shared/context.ts'

/** Where the demo business's website receives webhooks. */
export const webhookPath = '/goodword-events'

/**
 * Sends the latest events to the business's website on this computer, once the server is running. Skipped where
 * webhooks can't reach this computer.
 */
export async function addWebhook(owner: Ctx): Promise<void> {
  if (reachOf(owner.config) === 'internet') return
  await addEndpoint(owner, {
    url: `http://127.0.0.1:${owner.config.demoPort}${webhookPath}`,
    description: 'Our website',
    events: ['referral.created', 'referral.converted', 'reward.issued'],
  })
}
