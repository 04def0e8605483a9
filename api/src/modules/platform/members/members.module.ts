import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './members.audit.ts'
import { pruneSignIns } from './members.jobs.ts'
import { memberLinks } from './members.links.ts'
import { membersRoutes, sessionRoutes } from './members.routes.ts'
import { withholdFromMembers } from './withholding.ts'

export const membersModule = defineModule({
  name: 'members',
  auditWords,
  routes(router, limits) {
    sessionRoutes(router, limits)
    membersRoutes(router)
  },
  links: memberLinks,
  withhold: withholdFromMembers,
  jobs: (services) => [{ name: 'sign-ins', everyMs: 3_600_000, run: () => pruneSignIns(services) }],
})
