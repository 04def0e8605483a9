/** Saves the processor time of a browser's helper processes before it closes, for the sum that `npm test` prints. */
export function saveGrandchildrenTime(): void
