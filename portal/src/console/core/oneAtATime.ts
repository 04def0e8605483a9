import { batch, type Signal, signal } from '@preact/signals'
import { toFailure } from './failure.ts'

export type OneAtATime = {
  /** What runs, by the name given to `run`; null when nothing does. */
  busy: Signal<string | null>
  /** Why the last one failed, until the next one starts. */
  problem: Signal<string | null>
  /** Resolves to null when it failed, with the reason in `problem`, and at once while another one runs. */
  run: <T>(name: string, work: () => Promise<T>) => Promise<T | null>
}

/**
 * Actions that are done with a click, outside a form: a second click does nothing while the first is on its way.
 * `after` reads again what an action changed, or what somebody else had changed where the server refused it.
 */
export function createOneAtATime(after: (done: boolean) => Promise<unknown> = async () => {}): OneAtATime {
  const busy = signal<string | null>(null)
  const problem = signal<string | null>(null)
  return {
    busy,
    problem,
    async run(name, work) {
      if (busy.value !== null) return null
      batch(() => {
        busy.value = name
        problem.value = null
      })
      try {
        const done = await work()
        await after(true)
        return done
      } catch (error) {
        const { code, sentence } = toFailure(error)
        problem.value = sentence
        if (code !== null) await after(false)
        return null
      } finally {
        busy.value = null
      }
    },
  }
}
