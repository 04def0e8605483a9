import type { Delivery } from '../src/modules/platform/messages/delivery.ts'
import { messageQueue } from '../src/modules/platform/messages/messages.queue.ts'
import type { Services } from '../src/shared/context.ts'

type Tools = Required<Pick<NonNullable<Parameters<typeof messageQueue>[0]>, 'makeLink'>> & { delivery: Delivery }

/** Sends a batch of due messages, as a process of its own. Returns how many it claimed. */
export const deliverMessages = (services: Services, tools: Tools): Promise<number> =>
  messageQueue(tools).openWorker(services).run()
