import { batch, type Signal, signal } from '@preact/signals'
import { byField, type Failure, type FieldErrors, failureOf } from './failure.ts'

type Checked<T> =
  | { success: true; data: T }
  | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } }

/** The messages of a failed check, by the same field names the server uses. */
export const issuesByField = (issues: readonly { path: PropertyKey[]; message: string }[]): FieldErrors =>
  byField(issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })))

export type Sending = {
  errors: Signal<FieldErrors>
  /** A sentence about the whole, above the buttons. */
  failure: Signal<Failure | null>
  busy: Signal<boolean>
  /** Sends once at a time. Answers null when it was refused; the fields then say why. */
  send: <T>(work: () => Promise<T>) => Promise<T | null>
  /** Errors found before anything is sent. */
  refuse: (errors: FieldErrors) => null
  /** The value when it is right; null when not, with `errors` filled. */
  check: <T>(result: Checked<T>) => T | null
}

/** What every form does around its one request. */
export function createSending(): Sending {
  const errors = signal<FieldErrors>({})
  const failure = signal<Failure | null>(null)
  const busy = signal(false)
  const refuse = (found: FieldErrors) => {
    batch(() => {
      errors.value = found
      failure.value = null
    })
    return null
  }

  return {
    errors,
    failure,
    busy,
    refuse,
    check(result) {
      if (!result.success) return refuse(issuesByField(result.error.issues))
      errors.value = {}
      return result.data
    },
    async send(work) {
      if (busy.value) return null
      batch(() => {
        busy.value = true
        failure.value = null
        errors.value = {}
      })
      try {
        return await work()
      } catch (error) {
        const met = failureOf(error)
        batch(() => {
          failure.value = met.code ? met : { ...met, sentence: `${met.sentence} What you typed is still here.` }
          errors.value = met.fields
        })
        return null
      } finally {
        busy.value = false
      }
    },
  }
}
