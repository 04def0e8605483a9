import type { Client } from '@goodword/client'
import { type ContactRow, type Currency, type FinishedJob, FinishJob, type Job } from '@goodword/contracts'
import { formatAmountInput, parseMoney } from '@goodword/domain'
import { batch, computed, signal } from '@preact/signals'
import { createDebounce } from '../core/debounce.ts'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'
import { calledAs } from './effects.sentences.ts'

/** Whose job it is, as far as it is known when the form opens. */
export type FinishedFor = { job: Job } | { contact: { id: string; name: string } } | null

const searchDelayMs = 250
const previewDelayMs = 400
const optional = (text: string) => text.trim() || undefined

/** A finished job that is entered by hand: what would come of it follows each change. */
export function createFinishJob({ client, currency, of }: { client: Client; currency: Currency; of: FinishedFor }) {
  const job = of && 'job' in of ? of.job : null
  const fixed = of && 'contact' in of ? of.contact : (job?.contact ?? null)
  const chosen = signal<{ id: string; name: string } | null>(fixed)
  const isNew = signal(false)
  const text = signal('')
  const customer = { name: signal(''), phone: signal(''), email: signal('') }
  const number = signal('')
  const title = signal('')
  const value = signal('')
  const state = signal<FinishJob['state']>(job?.completedAt ? 'invoiced' : 'completed')
  const score = signal<number | null>(null)
  const sending = createSending()
  const found = createResource((abort) =>
    client.contacts.list({ query: { limit: 6, q: text.value.trim() } }, { signal: abort }),
  )
  /** Whether what was found is still that of an earlier text. */
  const pending = signal(false)
  const searching = createDebounce(searchDelayMs)
  const previewing = createDebounce(previewDelayMs)
  const amount = computed(() => (value.value.trim() === '' ? undefined : parseMoney(value.value, currency)))

  function whose() {
    if (job) return { jobId: job.id }
    if (!isNew.value) return { contactId: chosen.value?.id }
    return {
      customer: {
        name: customer.name.value,
        phone: optional(customer.phone.value),
        email: optional(customer.email.value),
      },
    }
  }

  const input = () => ({
    ...whose(),
    number: optional(number.value),
    title: optional(title.value),
    value: amount.value ?? undefined,
    state: state.value,
    score: score.value ?? undefined,
  })

  const preview = createResource<FinishedJob | null>(async (abort) => {
    const body = FinishJob.safeParse(input())
    if (!body.success || amount.value === null) return null
    return await client.jobs.previewFinish({ body: body.data }, { signal: abort })
  })
  async function find() {
    await found.load()
    pending.value = found.loading.value
  }
  function changed() {
    const { value: wrongValue, ...others } = sending.errors.value
    if (wrongValue && amount.value !== null) sending.errors.value = others
    previewing.run(() => void preview.load())
  }

  return {
    job,
    isFixed: fixed !== null || job !== null,
    chosen,
    isNew,
    text,
    customer,
    number,
    title,
    value,
    state,
    score,
    sending,
    found,
    pending,
    preview,
    /** The first name of the customer, for labels. */
    who: computed(() => calledAs((isNew.value ? customer.name.value : (chosen.value?.name ?? '')).trim())),
    type(typed: string) {
      text.value = typed
      chosen.value = null
      pending.value = true
      searching.run(() => void find())
      changed()
    },
    choose(one: ContactRow) {
      searching.cancel()
      pending.value = false
      batch(() => {
        chosen.value = one
        text.value = one.name
      })
      changed()
    },
    /** What was typed is a new customer's name. */
    startNew() {
      searching.cancel()
      batch(() => {
        isNew.value = true
        if (/^[^\d@]+$/.test(text.value.trim())) customer.name.value = text.value.trim()
        else if (text.value.includes('@')) customer.email.value = text.value.trim()
        else customer.phone.value = text.value.trim()
      })
      changed()
    },
    chooseExisting() {
      isNew.value = false
      changed()
    },
    set(field: { value: string }, typed: string) {
      field.value = typed
      changed()
    },
    setState(next: FinishJob['state']) {
      state.value = next
      changed()
    },
    setScore(next: number | null) {
      score.value = next
      changed()
    },
    formatValue: (typed: string): string => {
      const parsed = typed.trim() === '' ? null : parseMoney(typed, currency)
      return parsed === null ? typed : formatAmountInput(parsed, currency)
    },
    /** What was saved, or null when something has to be corrected. */
    async save(): Promise<FinishedJob | null> {
      previewing.cancel()
      if (!job && !isNew.value && chosen.value === null)
        return sending.showErrors({ customer: 'Choose a customer from the list, or add a new one.' })
      if (amount.value === null) {
        // Nothing would come of it as it is.
        void preview.load()
        return sending.showErrors({ value: 'Enter an amount, such as 385.00.' })
      }
      const body = sending.check(FinishJob.safeParse(input()))
      return body ? await sending.send(() => client.jobs.finish({ body })) : null
    },
    stop() {
      searching.cancel()
      previewing.cancel()
    },
  }
}

export type FinishJobModel = ReturnType<typeof createFinishJob>
