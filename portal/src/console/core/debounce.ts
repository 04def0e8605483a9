/** Runs only the last of several calls, once `ms` have passed without another. */
export function createDebounce(ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pending: (() => void) | undefined
  function cancel() {
    clearTimeout(timer)
    pending = undefined
  }
  /** Runs the pending call now, if there is one. */
  function flush() {
    const work = pending
    cancel()
    work?.()
  }
  return {
    run(work: () => void) {
      cancel()
      pending = work
      timer = setTimeout(flush, ms)
    },
    flush,
    cancel,
  }
}
