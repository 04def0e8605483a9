import { batch, type Signal, signal } from '@preact/signals'
import { byField, type Failure, type FieldErrors, toFailure } from './failure.ts'

type ParseResult<T> =
  | { success: true; data: T }
  | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } }

/** Validation messages by the same field names the server uses. */
export const issuesByField = (issues: readonly { path: PropertyKey[]; message: string }[]): FieldErrors =>
  byField(issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })))

export type Sending = {
  errors: Signal<FieldErrors>
  /** An error about the form as a whole, shown above the buttons. */
  failure: Signal<Failure | null>
  busy: Signal<boolean>
  /** Runs one request at a time. Resolves to null when it failed; `errors` and `failure` then say why. */
  send: <T>(work: () => Promise<T>) => Promise<T | null>
  /** Shows errors found before anything is sent. */
  showErrors: (errors: FieldErrors) => null
  /** The parsed value, or null with `errors` filled. */
  check: <T>(result: ParseResult<T>) => T | null
}

/** Error and busy state around the one request of a form. */
export function createSending(): Sending {
  const errors = signal<FieldErrors>({})
  const failure = signal<Failure | null>(null)
  const busy = signal(false)
  const showErrors = (found: FieldErrors) => {
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
    showErrors,
    check(result) {
      if (!result.success) return showErrors(issuesByField(result.error.issues))
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
        const met = toFailure(error)
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
