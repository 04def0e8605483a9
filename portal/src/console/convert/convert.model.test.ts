import type { ConversionPreview, SidePreview } from '@goodword/contracts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  clientRespondingWith,
  idOf,
  json,
  problemResponse,
  type Respond,
  referralRow,
} from '../core/testClient.testing.ts'
import { convertLabel, createConvert, previewDelayMs } from './convert.model.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const now = Date.parse('2026-05-29T17:00:00Z')
const settle = () => vi.advanceTimersByTimeAsync(0)
const tick = () => vi.advanceTimersByTimeAsync(previewDelayMs)

/** 5% of the job and $50 for the third friend; $20 for the friend; held for 14 days. */
function preview(jobValue: number | null, more: Partial<ConversionPreview> = {}): ConversionPreview {
  const share = jobValue === null ? 0 : jobValue / 20
  const side = { contactId: null, kind: 'credit', text: null, offThisJob: false, note: null } as const
  return {
    currency: 'USD',
    jobValueRequired: true,
    nth: 3,
    advocate: {
      ...side,
      name: 'Anna Kowalski',
      amount: share + 5_000,
      lines: [
        { kind: 'base', label: '5% of the job', amount: share },
        { kind: 'milestone', label: '3rd-friend bonus', amount: 5_000 },
      ],
    },
    friend: { ...side, name: 'Priya Shah', amount: 2_000, lines: [] },
    total: share + 7_000,
    shareOfJobBasisPoints: null,
    holdDays: 14,
    held: true,
    availableAt: '2026-06-12T07:00:00.000Z',
    rivals: [],
    suggested: null,
    friendBecomesAdvocate: true,
    tells: [],
    ...more,
  }
}

function openModel(answer: Respond, referral = referralRow(1, { status: 'accepted' })) {
  const { client, sent } = clientRespondingWith(answer)
  let keys = 0
  const newKey = () => `key-${++keys}`
  const model = createConvert({ client, referral, timeZone: 'America/Los_Angeles', now, newKey })
  return { model, sent, posts: () => sent.filter(({ method }) => method === 'POST') }
}

const previewing: Respond = ({ query }) => json(preview(Number(query.get('jobValue')) || null))

describe('the amount on the button', () => {
  it('is what the advocate gets after the hold: 5% of $1,250.00 is $62.50, and $50.00 more', () => {
    expect(convertLabel(preview(125_000))).toBe('Convert and hold $112.50')
  })
  it('says "credit" when nothing is held', () => {
    expect(convertLabel(preview(125_000, { holdDays: 0, held: false }))).toBe('Convert and credit $112.50')
  })
  it('is the friend’s reward when the advocate gets nothing; that is never held', () => {
    const nothing = { ...preview(125_000).advocate, amount: 0 }
    expect(convertLabel(preview(125_000, { advocate: nothing }))).toBe('Convert and credit $20.00')
  })
  it('deducts what the friend gets on this same job', () => {
    const nothing = { ...preview(125_000).advocate, amount: 0 }
    const friend = { ...preview(125_000).friend, offThisJob: true }
    expect(convertLabel(preview(125_000, { advocate: nothing, friend }))).toBe('Convert and take $20.00 off')
    expect(convertLabel(preview(125_000, { friend }))).toBe('Convert and hold $112.50')
  })
  it('is left out when nobody gets credit', () => {
    const none: SidePreview = {
      contactId: null,
      name: 'Anna',
      kind: 'none',
      text: null,
      amount: 0,
      offThisJob: false,
      lines: [],
      note: null,
    }
    expect(convertLabel(preview(null, { advocate: none, friend: none, total: 0 }))).toBe('Convert')
    expect(convertLabel(null)).toBe('Convert')
  })
})

describe('the preview', () => {
  it('loads once typing pauses for 400 ms, with the value in cents', async () => {
    const { model, sent } = openModel(previewing)
    for (const text of ['1', '12', '125', '1250']) {
      model.typeJobValue(text)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(sent).toHaveLength(0)
    expect(model.stale.value).toBe(true)
    await tick()
    expect(sent.map(({ query }) => String(query))).toEqual(['jobValue=125000&paidOn=2026-05-29'])
    expect(model.preview.data.value?.advocate.amount).toBe(11_250)
    expect(model.stale.value).toBe(false)
  })

  it('keeps the response to the latest request, no matter which arrives last', async () => {
    const slow: Respond = async (sent) => {
      await new Promise((resolve) => setTimeout(resolve, sent.query.get('jobValue') === '10000' ? 2_000 : 100))
      return previewing(sent)
    }
    const { model } = openModel(slow)
    model.typeJobValue('100')
    await tick()
    model.typeJobValue('1250')
    await tick()
    await vi.advanceTimersByTimeAsync(3_000)
    expect(model.preview.data.value?.advocate.amount).toBe(11_250)
  })

  it('does not reload when the field is only reformatted', async () => {
    const { model, sent } = openModel(previewing)
    model.typeJobValue('1,250.00')
    await tick()
    model.typeJobValue(model.format('1,250.00'))
    await tick()
    expect(sent).toHaveLength(1)
  })
})

describe('converting', () => {
  it('sends what was typed, under one idempotency key', async () => {
    const converted = { ...referralRow(1), status: 'converted' }
    const { model, posts } = openModel((sent) => (sent.method === 'GET' ? previewing(sent) : json(converted)))
    model.typeJobValue('$1,250')
    model.invoice.value = ' HS-2318 '
    model.notify.value = false
    await tick()
    expect(await model.convert()).toMatchObject({ status: 'converted' })
    expect(posts()).toMatchObject([
      {
        path: `/v1/referrals/${idOf('ref', 1)}/convert`,
        key: 'key-1',
        body: { jobValue: 125_000, paidOn: '2026-05-29', invoice: 'HS-2318', notify: false },
      },
    ])
  })

  it('requires the job value when the campaign pays a share of it, and a day before tomorrow', async () => {
    const { model, posts } = openModel(previewing)
    model.typePaidOn('2026-05-30')
    await tick()
    expect(await model.convert()).toBeNull()
    expect(model.sending.errors.value).toEqual({
      jobValue: 'Enter the job value. This campaign pays a share of it.',
      paidOn: 'Choose today or an earlier day.',
    })
    expect(posts()).toEqual([])
  })

  it('rejects text that is not an amount, and keeps it as typed', async () => {
    const { model } = openModel(previewing)
    model.typeJobValue('12,50')
    await tick()
    expect(await model.convert()).toBeNull()
    expect(model.sending.errors.value.jobValue).toBe('Enter an amount above zero, such as 1,250.00.')
    expect(model.jobValue.value).toBe('12,50')
  })

  it('retries under the same key while there is no response, so that it cannot convert twice', async () => {
    const { model, posts } = openModel((sent) => {
      if (sent.method === 'GET') return previewing(sent)
      throw new TypeError('connection lost')
    })
    model.typeJobValue('1250')
    await tick()
    for (let press = 0; press < 2; press++) {
      const pressed = model.convert()
      await vi.advanceTimersByTimeAsync(20_000)
      expect(await pressed).toBeNull()
    }
    expect(posts().length).toBeGreaterThan(1)
    expect(new Set(posts().map(({ key }) => key))).toEqual(new Set(['key-1']))
    expect(model.sending.failure.value?.sentence).toContain('What you typed is still here')
  })

  it('uses a new key after a rejection, because the corrected request is a different one', async () => {
    let presses = 0
    const { model, posts } = openModel((sent) => {
      if (sent.method === 'GET') return previewing(sent)
      presses += 1
      return presses === 1 ? problemResponse('job_value_required') : json({ ...referralRow(1), status: 'converted' })
    })
    model.typeJobValue('1250')
    await tick()
    expect(await model.convert()).toBeNull()
    expect(model.sending.failure.value?.sentence).toBe('This campaign pays a share of the job. Enter the job value.')
    expect(await model.convert()).not.toBeNull()
    expect(posts().map(({ key }) => key)).toEqual(['key-1', 'key-2'])
  })

  it('sends once, no matter how often the button is pressed', async () => {
    const { model, posts } = openModel((sent) =>
      sent.method === 'GET'
        ? previewing(sent)
        : new Promise((resolve) => setTimeout(() => resolve(json(referralRow(1))), 500)),
    )
    model.typeJobValue('1250')
    await tick()
    const first = model.convert()
    expect(await model.convert()).toBeNull()
    await vi.advanceTimersByTimeAsync(500)
    expect(await first).not.toBeNull()
    await settle()
    expect(posts()).toHaveLength(1)
  })
})
