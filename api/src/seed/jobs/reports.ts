/** So long after something happened, the job system tells. */
const tellsAfterMs = 40_000

/**
 * An event in our own shape, as the demo's job system sends it. `id` says what happened to the job, so that telling it again
 * is a repetition.
 */
export function reportOf(
  at: number,
  type: string,
  { id, ...data }: { id: string; job?: string } & Record<string, unknown>,
): { id: string; body: string } {
  const timestamp = new Date(at - tellsAfterMs).toISOString()
  return { id: `evt_${data.job ?? 'contact'}_${id}`, body: JSON.stringify({ type, timestamp, data }) }
}
