import { reachOf } from '../modules/platform/webhooks/addresses.ts'
import { addEndpoint } from '../modules/platform/webhooks/endpoints.ts'
import type { Ctx } from '../shared/context.ts'

/** Where the website of the demo business takes webhooks. */
export const hookPath = '/goodword-events'

/**
 * The business's website hears what happens, on this computer and nowhere else: what happened lately goes out once the
 * server runs. Where webhooks may not reach this computer there is none.
 */
export async function listen(owner: Ctx): Promise<void> {
  if (reachOf(owner.config) === 'internet') return
  await addEndpoint(owner, {
    url: `http://127.0.0.1:${owner.config.demoPort}${hookPath}`,
    description: 'Our website',
    events: ['referral.created', 'referral.converted', 'reward.issued'],
  })
}
