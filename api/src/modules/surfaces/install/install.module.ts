import { defineModule } from '../../../shared/module.ts'
import { flushActivity, pruneActivity } from './activity.ts'
import { flushForms } from './forms.ts'
import { activityOfContacts } from './install.contact.ts'
import { installRoutes } from './install.routes.ts'
import { recordManualAttribution } from './manualAttribution.ts'
import { createMasking } from './wholeCodes.ts'

const hour = 3_600_000

export const installModule = defineModule({
  name: 'install',
  routes: installRoutes,
  jobs: (services) => [
    { name: 'website activity', everyMs: hour, run: () => pruneActivity(services) },
    { name: 'whole codes', everyMs: 24 * hour, run: createMasking(services) },
  ],
  flush: async (services) => (await flushActivity(services)) + (await flushForms(services)),
  contact: activityOfContacts,
  on: { 'referral.attributed': recordManualAttribution },
})
