/** Runs the last of several calls, once `ms` have passed without another. */
export function createLater(ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    run(work: () => void) {
      clearTimeout(timer)
      timer = setTimeout(work, ms)
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
