import type { Client } from '@goodword/client'
import {
  type ConversionPreview,
  ConvertReferral,
  type Currency,
  type ReferralDetail,
  type ReferralRow,
  type SidePreview,
} from '@goodword/contracts'
import { dayIn, formatAmountInput, formatMoney, parseMoney } from '@goodword/domain'
import { computed, signal } from '@preact/signals'
import { createDebounce } from '../core/debounce.ts'
import type { FieldErrors } from '../core/failure.ts'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'

/** Waiting for a pause in typing before the preview is asked for again. */
export const previewDelayMs = 400

type Options = {
  client: Client
  referral: ReferralRow
  timeZone: string
  /** Milliseconds since 1970. */
  now: number
  /** Fresh for each call; repeats of one request carry one key. */
  newKey?: () => string
}

const credit = ({ kind, amount }: SidePreview) => (kind === 'credit' ? amount : 0)

/** "Convert and hold $112.50": what the advocate gets is on the button (UI.md §1), or else what the friend gets. */
export function convertWords(preview: ConversionPreview | null): string {
  if (!preview) return 'Convert'
  const forAdvocate = credit(preview.advocate)
  const amount = forAdvocate || credit(preview.friend)
  if (amount === 0) return 'Convert'
  const verb = forAdvocate > 0 && preview.held ? 'hold' : 'credit'
  return `Convert and ${verb} ${formatMoney(amount, preview.currency)}`
}

const example = (currency: Currency) => formatAmountInput(125_000, currency)

/** What is typed about the job, and how it reads. */
function createJob(referral: ReferralRow, today: string) {
  const { currency } = referral
  const jobValue = signal(referral.jobValue === null ? '' : formatAmountInput(referral.jobValue, currency))
  const paidOn = signal(today)
  /** Minor units; undefined when empty, null when it is not an amount. */
  const amount = computed(() => {
    if (jobValue.value.trim() === '') return undefined
    const parsed = parseMoney(jobValue.value, currency)
    return parsed !== null && parsed > 0 ? parsed : null
  })
  /** Undefined when empty, null when it is to come. */
  const day = computed(() => {
    if (paidOn.value === '') return undefined
    return paidOn.value <= today ? paidOn.value : null
  })
  return {
    fields: { jobValue, paidOn, invoice: signal(''), notify: signal(true) },
    amount,
    day,
    errors(required: boolean): FieldErrors {
      const errors: Record<string, string> = {}
      if (amount.value === null) errors.jobValue = `Enter an amount above zero, such as ${example(currency)}.`
      if (amount.value === undefined && required)
        errors.jobValue = 'Enter the job value. This campaign pays a share of it.'
      if (day.value === null) errors.paidOn = 'Choose today or an earlier day.'
      return errors
    },
    /** "1250" as "1,250.00"; what is no amount stays as typed. */
    format(text: string): string {
      const parsed = parseMoney(text, currency)
      return parsed === null ? text : formatAmountInput(parsed, currency)
    },
  }
}

type Job = ReturnType<typeof createJob>

/** What converting with the typed values would do, asked for again when typing pauses. */
function createPreview(client: Client, id: string, { amount, day }: Job) {
  const debounced = createDebounce(previewDelayMs)
  /** Something typed is not in the figures yet. */
  const waiting = signal(true)
  const preview = createResource<ConversionPreview>((abort) => {
    const query = {
      ...(amount.value ? { jobValue: amount.value } : {}),
      ...(day.value ? { paidOn: day.value } : {}),
    }
    return client.referrals.preview({ params: { id }, query }, { signal: abort })
  })
  async function ask() {
    debounced.cancel()
    await preview.load()
    waiting.value = preview.loading.value
  }
  return {
    preview,
    waiting,
    ask,
    askSoon() {
      waiting.value = true
      debounced.run(() => void ask())
    },
    close: debounced.cancel,
  }
}

/**
 * Marking one referral as converted: what is typed, what it would pay, and the one request. The request keeps its key
 * until the server has said no, so that pressing again after no answer cannot convert twice.
 */
export function createConvert({ client, referral, timeZone, now, newKey = () => crypto.randomUUID() }: Options) {
  const today = dayIn(timeZone, now)
  const job = createJob(referral, today)
  const { jobValue, paidOn, invoice, notify } = job.fields
  const { preview, waiting, ask, askSoon, close } = createPreview(client, referral.id, job)
  const sending = createSending()
  const needsValue = () => preview.data.value?.jobValueRequired === true
  let key = newKey()

  return {
    ...job.fields,
    waiting,
    preview,
    sending,
    today,
    ask,
    close,
    format: job.format,
    /** The campaign pays by the job, and its value is not known yet: there are no figures to show. */
    unknown: computed(() => job.amount.value === undefined && needsValue()),
    typeJobValue(text: string) {
      const before = job.amount.value
      jobValue.value = text
      if (job.amount.value !== before) askSoon()
    },
    typePaidOn(text: string) {
      paidOn.value = text
      askSoon()
    },
    /** The converted referral, or null when something has to be corrected first. */
    async convert(): Promise<ReferralDetail | null> {
      const errors = job.errors(needsValue())
      if (Object.keys(errors).length > 0) return sending.refuse(errors)
      const body = sending.check(
        ConvertReferral.safeParse({
          jobValue: job.amount.value ?? undefined,
          paidOn: job.day.value ?? undefined,
          invoice: invoice.value.trim() || undefined,
          notify: notify.value,
        }),
      )
      if (!body) return null
      const params = { id: referral.id }
      const done = await sending.send(() => client.referrals.convert({ params, body }, { idempotencyKey: key }))
      if (sending.failure.value?.code) key = newKey()
      return done
    },
  }
}

export type ConvertModel = ReturnType<typeof createConvert>
