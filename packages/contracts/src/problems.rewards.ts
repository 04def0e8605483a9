import type { Catalog } from './problems.catalog.ts'

/** Errors about the delivery of rewards. */
export const rewardProblems = {
  delivery_running: {
    status: 409,
    title: 'The provider is working on this gift card',
    cure: 'Wait for its answer first, so that nobody gets two cards.',
  },
  delivery_by_hand: {
    status: 409,
    title: 'This gift card is delivered by hand',
    cure: 'Enter its code or link.',
  },
  gift_cards_unavailable: {
    status: 503,
    title: 'Tremendous did not say which cards there are',
    cure: 'Try again in a minute. If it stays so, check the key and the campaign under Settings, Gift cards.',
  },
  delivery_closed: {
    status: 409,
    title: 'This reward was delivered already, or was taken back',
    cure: 'Load the list again to see what happened.',
  },
} as const satisfies Catalog
