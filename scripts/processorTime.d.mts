/** Notes the helpers of a browser that is about to be closed, for the sum that `npm test` prints. */
export function noteGrandchildren(): void
