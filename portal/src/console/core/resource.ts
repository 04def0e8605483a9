import { batch, type Signal, signal } from '@preact/signals'
import { type Failure, toFailure } from './failure.ts'

export type Resource<T> = {
  data: Signal<T | null>
  failure: Signal<Failure | null>
  loading: Signal<boolean>
  /** Reloads. Only the latest call's result is kept. */
  load: () => Promise<void>
}

/** Data from the server with its loading and error state. Old data stays while new data loads. */
export function createResource<T>(fetchData: (signal: AbortSignal) => Promise<T>): Resource<T> {
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
      const answer = await fetchData(mine.signal)
      settle(() => {
        data.value = answer
        failure.value = null
      })
    } catch (error) {
      settle(() => {
        failure.value = toFailure(error)
      })
    }
  }

  return { data, failure, loading, load }
}
