import { defineModule } from '../../../shared/module.ts'
import { cardEventsPath } from '../../money/rewards/giftCards/settings.ts'
import { inboundPath } from '../../platform/connections/connections.ts'
import { cardEventMax, giftCardPages } from './giftCards.pages.ts'
import { inboundPages } from './inbound.pages.ts'

export const inboundModule = defineModule({
  name: 'inbound',
  pages: (services, { limits }) => [inboundPages(services, limits), giftCardPages(services, limits)],
  // The page counts for itself, so that a body that is too large is noted on its connection.
  bodyMax: { [inboundPath]: Number.POSITIVE_INFINITY, [cardEventsPath]: cardEventMax },
})
