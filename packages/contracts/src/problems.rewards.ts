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
  delivery_closed: {
    status: 409,
    title: 'This reward was delivered already, or was taken back',
    cure: 'Load the list again to see what happened.',
  },
} as const satisfies Catalog
