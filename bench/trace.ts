/** A Chromium trace event: times in microseconds, `tdur` is CPU time. */
type Stretch = {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur: number
  tdur?: number
  args?: { data?: { url?: string } }
}

const scripts = new Set([
  'EvaluateScript',
  'v8.compile',
  'v8.compileModule',
  'v8.evaluateModule',
  'FunctionCall',
  'EventDispatch',
  'RunMicrotasks',
  'FireIdleCallback',
  'TimerFire',
])

/** CPU milliseconds that the page's main thread spent in scripts: the total and the longest task. */
export function readCost(trace: Buffer): { script: number; longest: number } {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: Stretch[] }
  const first = traceEvents.find(({ name, args }) => name === 'EvaluateScript' && args?.data?.url?.startsWith('http'))
  if (!first) throw new Error('The page ran no script.')
  const stretches = traceEvents
    .filter(({ name, ph, pid, tid }) => ph === 'X' && pid === first.pid && tid === first.tid && scripts.has(name))
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
  let until = 0
  const spent: number[] = []
  for (const { ts, dur, tdur = 0 } of stretches) {
    // Nested events are counted with their parent.
    if (ts < until) continue
    until = ts + dur
    spent.push(tdur / 1_000)
  }
  return { script: spent.reduce((sum, ms) => sum + ms, 0), longest: Math.max(...spent) }
}
