/** Runs the last of several calls, once `ms` have passed without another. */
export function createLater(ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: (() => void) | undefined
  function stop() {
    clearTimeout(timer)
    waiting = undefined
  }
  /** Runs what waits, if anything does, at once. */
  function hurry() {
    const work = waiting
    stop()
    work?.()
  }
  return {
    run(work: () => void) {
      stop()
      waiting = work
      timer = setTimeout(hurry, ms)
    },
    hurry,
    stop,
  }
}
