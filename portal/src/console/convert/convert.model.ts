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

/** Milliseconds to wait for a pause in typing before the preview reloads. */
export const previewDelayMs = 400

type Options = {
  client: Client
  referral: ReferralRow
  timeZone: string
  /** Milliseconds since 1970. */
  now: number
  /** Returns a fresh idempotency key; retries of one request reuse it. */
  newKey?: () => string
}

const creditAmount = ({ kind, amount }: SidePreview) => (kind === 'credit' ? amount : 0)

/** "Convert and hold $112.50": the advocate's credit, or else the friend's. */
export function convertLabel(preview: ConversionPreview | null): string {
  if (!preview) return 'Convert'
  const forAdvocate = creditAmount(preview.advocate)
  const amount = forAdvocate || creditAmount(preview.friend)
  if (amount === 0) return 'Convert'
  const money = formatMoney(amount, preview.currency)
  if (forAdvocate === 0 && preview.friend.offThisJob) return `Convert and take ${money} off`
  return `Convert and ${forAdvocate > 0 && preview.held ? 'hold' : 'credit'} ${money}`
}

const example = (currency: Currency) => formatAmountInput(125_000, currency)

/** The job fields and their parsed values. */
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
  /** undefined when empty, null when it is in the future. */
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
    /** "1250" as "1,250.00"; anything that is not an amount stays as typed. */
    format(text: string): string {
      const parsed = parseMoney(text, currency)
      return parsed === null ? text : formatAmountInput(parsed, currency)
    },
  }
}

type Job = ReturnType<typeof createJob>

/** What converting with these values would do; reloads when typing pauses. */
function createPreview(client: Client, id: string, { amount, day }: Job) {
  const debounced = createDebounce(previewDelayMs)
  /** True while the preview does not include everything typed. */
  const stale = signal(true)
  const preview = createResource<ConversionPreview>((abort) => {
    const query = {
      ...(amount.value ? { jobValue: amount.value } : {}),
      ...(day.value ? { paidOn: day.value } : {}),
    }
    return client.referrals.preview({ params: { id }, query }, { signal: abort })
  })
  async function loadNow() {
    debounced.cancel()
    await preview.load()
    stale.value = preview.loading.value
  }
  return {
    preview,
    stale,
    loadNow,
    loadSoon() {
      stale.value = true
      debounced.run(() => void loadNow())
    },
    close: debounced.cancel,
  }
}

/**
 * Marks one referral as converted: fields, preview and the request. The idempotency key changes only after the server
 * rejected the request, so that pressing again after a timeout cannot convert twice.
 */
export function createConvert({ client, referral, timeZone, now, newKey = () => crypto.randomUUID() }: Options) {
  const today = dayIn(timeZone, now)
  const job = createJob(referral, today)
  const { jobValue, paidOn, invoice, notify } = job.fields
  const { preview, stale, loadNow, loadSoon, close } = createPreview(client, referral.id, job)
  const sending = createSending()
  const needsValue = () => preview.data.value?.jobValueRequired === true
  let key = newKey()

  return {
    ...job.fields,
    stale,
    preview,
    sending,
    today,
    loadNow,
    close,
    format: job.format,
    /** The campaign pays a share of the job and the job value is still missing, so there are no amounts to show. */
    unknown: computed(() => job.amount.value === undefined && needsValue()),
    typeJobValue(text: string) {
      const before = job.amount.value
      jobValue.value = text
      if (job.amount.value !== before) loadSoon()
    },
    typePaidOn(text: string) {
      paidOn.value = text
      loadSoon()
    },
    /** The converted referral, or null if something has to be corrected first. */
    async convert(): Promise<ReferralDetail | null> {
      const errors = job.errors(needsValue())
      if (Object.keys(errors).length > 0) return sending.showErrors(errors)
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
