import { defineModule } from '../../../shared/module.ts'
import { purposeOfSecrets } from './secrets.ts'
import { queueDeliveries } from './subscription.ts'
import { auditWords } from './webhooks.audit.ts'
import { webhooksInvariants } from './webhooks.invariants.ts'
import { pruneWebhooks } from './webhooks.jobs.ts'
import { webhookQueue } from './webhooks.queue.ts'
import { webhooksRoutes } from './webhooks.routes.ts'

export const webhooksModule = defineModule({
  name: 'webhooks',
  auditWords,
  routes: webhooksRoutes,
  onEvery: queueDeliveries,
  queues: [webhookQueue()],
  jobs: (services) => [{ name: 'old webhooks', everyMs: 3_600_000, run: () => pruneWebhooks(services) }],
  invariants: webhooksInvariants,
  sealed: { table: 'webhook_endpoints', columns: ['secret', 'previous_secret'], purposeOf: purposeOfSecrets },
})
