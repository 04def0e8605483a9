import { batch, type Signal, signal } from '@preact/signals'
import { type Failure, failureOf } from './failure.ts'

export type Resource<T> = {
  data: Signal<T | null>
  failure: Signal<Failure | null>
  loading: Signal<boolean>
  /** Asks again. Only the answer to the last question counts. */
  load: () => Promise<void>
}

/** Something the server knows, with the three states a list has. Old data stays in place while new data loads. */
export function createResource<T>(ask: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const data = signal<T | null>(null)
  const failure = signal<Failure | null>(null)
  const loading = signal(false)
  let abort = new AbortController()

  async function load() {
    abort.abort()
    const mine = new AbortController()
    abort = mine
    loading.value = true
    const settle = (change: () => void) => {
      if (abort !== mine) return
      batch(() => {
        loading.value = false
        change()
      })
    }
    try {
      const answer = await ask(mine.signal)
      settle(() => {
        data.value = answer
        failure.value = null
      })
    } catch (error) {
      settle(() => {
        failure.value = failureOf(error)
      })
    }
  }

  return { data, failure, loading, load }
}
