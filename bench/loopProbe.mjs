import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

// Loaded into the measured server by --import: says how long its event loop was held, when the benchmark asks.
const resolution = 1
let delay = null

if (isMainThread && process.send) {
  process.on('message', (ask) => {
    if (ask === 'watch') {
      delay?.disable()
      delay = monitorEventLoopDelay({ resolution })
      delay.enable()
    } else if (ask === 'report') {
      delay?.disable()
      const ms = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolution)
      process.send({ loop: { maxMs: ms(delay?.max ?? 0), p99Ms: ms(delay?.percentile(99) ?? 0) } })
    }
  })
  process.channel?.unref()
}
