import { defineModule } from '../../../shared/module.ts'
import { installableRoutes } from './installable.ts'
import { auditWords } from './portal.audit.ts'
import { portalOfContacts } from './portal.contact.ts'
import { pruneLinks } from './portal.jobs.ts'
import { portalLinks } from './portal.links.ts'
import { portalRoutes } from './portal.routes.ts'

export const portalModule = defineModule({
  name: 'portal',
  auditWords,
  routes: portalRoutes,
  pages: (services, { limits }) => [installableRoutes(services, limits)],
  jobs: (services) => [{ name: 'portal', everyMs: 3_600_000, run: () => pruneLinks(services) }],
  contact: portalOfContacts,
  links: portalLinks,
})
