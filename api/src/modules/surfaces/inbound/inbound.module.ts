import { defineModule } from '../../../shared/module.ts'
import { inboundPath } from '../../platform/connections/connections.ts'
import { inboundPages } from './inbound.pages.ts'

export const inboundModule = defineModule({
  name: 'inbound',
  pages: (services, { limits }) => [inboundPages(services, limits)],
  // The page counts for itself, so that a body that is too large is noted on its connection.
  bodyMax: { [inboundPath]: Number.POSITIVE_INFINITY },
})
