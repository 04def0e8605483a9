import type { Catalog } from './problems.catalog.ts'

/** Refusals about what jobs earned. */
export const jobProblems = {
  reward_amount_needed: {
    status: 422,
    title: 'The new amount of a reward is missing',
    cure: 'Enter what each reward is worth now.',
  },
  todo_open: {
    status: 409,
    title: 'Its job leaves something to decide',
    cure: 'Decide that: the event is done with it.',
  },
  todo_closed: {
    status: 409,
    title: 'Somebody has decided this already',
    cure: 'Load the list again.',
  },
  todo_changed: {
    status: 409,
    title: 'This has changed since it was shown',
    cure: 'Look at it again: more was refunded, or the choices are others now.',
  },
} as const satisfies Catalog
