import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './connections.audit.ts'
import { connectionsInvariants } from './connections.invariants.ts'
import { connectionsRoutes } from './connections.routes.ts'
import { purposeOfSecret } from './secrets.ts'

export const connectionsModule = defineModule({
  name: 'connections',
  auditWords,
  routes: connectionsRoutes,
  bodyMax: { '/v1/connections/preview': 256 * 1024 },
  invariants: connectionsInvariants,
  sealed: { table: 'connection_secrets', columns: ['secret'], purposeOf: purposeOfSecret },
})
