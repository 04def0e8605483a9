import type { Client } from '@goodword/client'
import {
  type ConversionPreview,
  ConvertReferral,
  type ReferralDetail,
  type ReferralRow,
  type SidePreview,
} from '@goodword/contracts'
import { dayIn, formatAmountInput, formatMoney, parseMoney } from '@goodword/domain'
import { computed, signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'

/** Waiting for a pause in typing before the preview is asked for again. */
export const previewDelayMs = 400

type Needs = {
  client: Client
  referral: ReferralRow
  timeZone: string
  /** Milliseconds since 1970. */
  now: number
  /** Fresh for each call; repeats of one request carry one key. */
  newKey?: () => string
}

const credit = ({ kind, amount }: SidePreview) => (kind === 'credit' ? amount : 0)

/** Whether the advocate's reward waits. The friend's is theirs at once: it is meant for this very job. */
export const isHeld = (preview: ConversionPreview, now: number): boolean => Date.parse(preview.availableAt) > now

/** "Convert and hold $112.50": what the advocate gets is on the button (UI.md §1), or else what the friend gets. */
export function convertWords(preview: ConversionPreview | null, now: number): string {
  if (!preview) return 'Convert'
  const forAdvocate = credit(preview.advocate)
  const amount = forAdvocate || credit(preview.friend)
  if (amount === 0) return 'Convert'
  const verb = forAdvocate > 0 && isHeld(preview, now) ? 'hold' : 'credit'
  return `Convert and ${verb} ${formatMoney(amount, preview.currency)}`
}

/**
 * Marking one referral as converted: what is typed, what it would pay, and the one request. The request keeps its key
 * until the server has said no, so that pressing again after no answer cannot convert twice.
 */
export function createConvert({ client, referral, timeZone, now, newKey = () => crypto.randomUUID() }: Needs) {
  const { currency } = referral
  const today = dayIn(timeZone, now)
  const jobValue = signal(referral.jobValue === null ? '' : formatAmountInput(referral.jobValue, currency))
  const paidOn = signal(today)
  const invoice = signal('')
  const notify = signal(true)
  /** Typed something the preview does not show yet. */
  const waiting = signal(true)
  const sending = createSending()
  let key = newKey()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Minor units; undefined when empty, null when it is not an amount. */
  const amount = computed(() => {
    if (jobValue.value.trim() === '') return undefined
    const parsed = parseMoney(jobValue.value, currency)
    return parsed !== null && parsed > 0 ? parsed : null
  })
  const day = computed(() => {
    if (paidOn.value === '') return undefined
    return paidOn.value <= today ? paidOn.value : null
  })

  const preview = createResource<ConversionPreview>((abort) =>
    client.referrals.preview(
      {
        params: { id: referral.id },
        query: {
          ...(amount.value ? { jobValue: amount.value } : {}),
          ...(day.value ? { paidOn: day.value } : {}),
        },
      },
      { signal: abort },
    ),
  )

  const ask = async () => {
    await preview.load()
    waiting.value = preview.loading.value
  }
  const askNow = () => {
    clearTimeout(timer)
    return ask()
  }
  const askSoon = () => {
    clearTimeout(timer)
    waiting.value = true
    timer = setTimeout(() => void ask(), previewDelayMs)
  }

  const wrong = () => {
    const errors: Record<string, string> = {}
    if (amount.value === null) errors.jobValue = `Enter an amount above zero, such as ${example(currency)}.`
    if (amount.value === undefined && preview.data.value?.jobValueRequired)
      errors.jobValue = 'Enter the job value. This campaign pays by it.'
    if (day.value === null) errors.paidOn = 'Choose today or an earlier day.'
    return errors
  }

  return {
    jobValue,
    paidOn,
    invoice,
    notify,
    waiting,
    preview,
    sending,
    today,
    /** The campaign pays by the job, and its value is not known yet: there are no figures to show. */
    unknown: computed(() => amount.value === undefined && preview.data.value?.jobValueRequired === true),
    ask: askNow,
    typeJobValue(text: string) {
      const before = amount.value
      jobValue.value = text
      if (amount.value !== before) askSoon()
    },
    typePaidOn(text: string) {
      paidOn.value = text
      askSoon()
    },
    /** "1250" as "1,250.00"; what is no amount stays as typed. */
    format(text: string): string {
      const parsed = parseMoney(text, currency)
      return parsed === null ? text : formatAmountInput(parsed, currency)
    },
    close() {
      clearTimeout(timer)
    },
    /** The converted referral, or null when something has to be corrected first. */
    async convert(): Promise<ReferralDetail | null> {
      const errors = wrong()
      if (Object.keys(errors).length > 0) {
        sending.failure.value = null
        sending.errors.value = errors
        return null
      }
      const body = sending.check(
        ConvertReferral.safeParse({
          jobValue: amount.value ?? undefined,
          paidOn: day.value ?? undefined,
          invoice: invoice.value.trim() || undefined,
          notify: notify.value,
        }),
      )
      if (!body) return null
      const done = await sending.send(() =>
        client.referrals.convert({ params: { id: referral.id }, body }, { idempotencyKey: key }),
      )
      if (sending.failure.value?.code) key = newKey()
      return done
    },
  }
}

const example = (currency: ReferralRow['currency']) => formatAmountInput(125_000, currency)

export type ConvertModel = ReturnType<typeof createConvert>
