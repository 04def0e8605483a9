import { defineModule } from '../../../shared/module.ts'
import { onClosed, onConverted, onReversed } from './earning/listeners.ts'
import { auditWords } from './jobs.audit.ts'
import { jobsOfContacts } from './jobs.contact.ts'
import { jobsInvariants } from './jobs.invariants.ts'
import { expireWaitingEvents, pruneEvents } from './jobs.jobs.ts'
import { countsMatchEvents, countsOfEvents } from './jobs.projections.ts'
import { jobEventQueue } from './jobs.queue.ts'
import { jobsRoutes } from './jobs.routes.ts'
import { jobSearch } from './jobs.search.queries.ts'

const hour = 3_600_000

export const jobsModule = defineModule({
  name: 'jobs',
  auditWords,
  routes: jobsRoutes,
  contact: jobsOfContacts,
  searchable: [jobSearch],
  queues: [jobEventQueue],
  jobs: (services) => [
    { name: 'waiting job events', everyMs: hour, run: () => expireWaitingEvents(services) },
    { name: 'old job events', everyMs: hour, run: () => pruneEvents(services) },
  ],
  invariants: [...jobsInvariants, countsMatchEvents],
  projections: [countsOfEvents],
  on: {
    'referral.converted': onConverted,
    'referral.reversed': onReversed,
    'referral.declined': onClosed,
    'referral.expired': onClosed,
  },
})
