import { defineModule } from '../../../shared/module.ts'
import { discountCodeSearch } from './codes.search.queries.ts'
import { lookAtWaitingCards } from './giftCards/cards.jobs.ts'
import { giftCardQueue } from './giftCards/cards.queue.ts'
import { auditWords } from './rewards.audit.ts'
import { rewardsOfContacts } from './rewards.contact.ts'
import { rewardsInvariants } from './rewards.invariants.ts'
import { releaseHeld, releaseReady } from './rewards.jobs.ts'
import { rewardsProjections } from './rewards.projections.ts'

export const rewardsModule = defineModule({
  name: 'rewards',
  auditWords,
  jobs: (services) => [
    { name: 'rewards', everyMs: 1_000, run: () => releaseHeld(services) },
    // Steps through every campaign with rewards that wait. Adding codes gives them out at once.
    { name: 'gift cards that wait', everyMs: 60_000, run: () => lookAtWaitingCards(services) },
    { name: 'waiting rewards', everyMs: 10_000, run: () => releaseReady(services) },
  ],
  queues: [giftCardQueue],
  contact: rewardsOfContacts,
  searchable: [discountCodeSearch],
  invariants: rewardsInvariants,
  projections: rewardsProjections,
})
