/** What went wrong, with its cause, in one line. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${messageOf(error.cause)}`
}

export type Failures = {
  /** Runs `work`. If it fails, that is noted and the result is undefined; throws once more than `most` have failed. */
  note<T>(work: () => Promise<T>): Promise<T | undefined>
  count(): number
  /** Why the first one failed. */
  first(): string | null
}

/** A request that fails is noted and doesn't end the run. */
export function createFailures(most = Number.POSITIVE_INFINITY): Failures {
  const messages: string[] = []
  return {
    async note(work) {
      try {
        return await work()
      } catch (error) {
        messages.push(messageOf(error))
        if (messages.length > most) throw new Error(`${messages.length} requests failed. ${messages[0]}`)
        return undefined
      }
    },
    count: () => messages.length,
    first: () => messages[0] ?? null,
  }
}
