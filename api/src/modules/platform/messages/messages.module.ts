import { defineModule } from '../../../shared/module.ts'
import { inboundRoutes } from './inbound.routes.ts'
import { messageKeys } from './messageKeys.ts'
import { auditWords } from './messages.audit.ts'
import { messagesToContacts } from './messages.contact.ts'
import { pruneMessages } from './messages.jobs.ts'
import { messageQueue } from './messages.queue.ts'
import { messagesRoutes } from './messages.routes.ts'

export const messagesModule = defineModule({
  name: 'messages',
  auditWords,
  routes: messagesRoutes,
  pages: (services) => [inboundRoutes(services)],
  jobs: (services) => [{ name: 'old messages', everyMs: 3_600_000, run: () => pruneMessages(services) }],
  projections: [messageKeys],
  queues: [messageQueue()],
  contact: messagesToContacts,
})
