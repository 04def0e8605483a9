import { defineModule } from '../../../shared/module.ts'
import { identityRoutes } from './identity.routes.ts'

/** Customers whom a business identifies on its own website with a signed token. */
export const identityModule = defineModule({
  name: 'identity',
  routes: identityRoutes,
})
