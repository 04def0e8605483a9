import { defineModule } from '../../../shared/module.ts'
import { inboundRoutes } from './inbound.routes.ts'
import { auditWords } from './messages.audit.ts'
import { messagesToContacts } from './messages.contact.ts'
import { pruneLinkMessages } from './messages.jobs.ts'
import { messageQueue } from './messages.queue.ts'
import { messagesRoutes } from './messages.routes.ts'

export const messagesModule = defineModule({
  name: 'messages',
  auditWords,
  routes: messagesRoutes,
  pages: (services) => [inboundRoutes(services)],
  jobs: (services) => [{ name: 'old link messages', everyMs: 3_600_000, run: () => pruneLinkMessages(services) }],
  queues: [messageQueue()],
  contact: messagesToContacts,
})
