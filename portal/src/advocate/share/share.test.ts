import { encode } from 'uqr'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { storageInMemory } from '../edge.testing.ts'
import { drawQr, qrPath, qrSvgFile } from './qr.ts'
import { copiedForMs, createShareModel, type Device } from './share.model.ts'
import { shareTargets } from './targets.ts'

const message = {
  business: 'Harbor & Sons',
  text: 'With my link you get $20 off:',
  link: 'https://harborsons.example/r/ANNA4K7',
}

const shareOn = (device: Device) => createShareModel(device, storageInMemory)

afterEach(() => vi.useRealTimers())

describe('the words before the link', () => {
  it('are the advocate’s own on this device, for each code, until they go back to ours', () => {
    const storage = storageInMemory()
    const model = createShareModel({}, () => storage)
    model.write('ANNA4K7', 'Try them:')
    expect(model.textOf('ANNA4K7', 'Ours:')).toBe('Try them:')
    expect(model.textOf('ANNA2SP', 'Ours:')).toBe('Ours:')
    expect(createShareModel({}, () => storage).textOf('ANNA4K7', 'Ours:')).toBe('Try them:')
    model.write('ANNA4K7', null)
    expect(createShareModel({}, () => storage).textOf('ANNA4K7', 'Ours:')).toBe('Ours:')
  })
})

describe('the share targets', () => {
  it('open a message that carries the text and the link', () => {
    const said = 'With my link you get $20 off: https://harborsons.example/r/ANNA4K7'
    expect(new URL(shareTargets.whatsapp(message)).searchParams.get('text')).toBe(said)
    expect(new URL(shareTargets.sms(message)).searchParams.get('body')).toBe(said)
    const mail = new URL(shareTargets.email(message))
    expect(mail.searchParams.get('subject')).toBe('A recommendation: Harbor & Sons')
    expect(mail.searchParams.get('body')).toBe(said)
  })

  it('say the link once when the text has it already', () => {
    const text = `Try ${message.link} for $20 off`
    expect(new URL(shareTargets.whatsapp({ ...message, text })).searchParams.get('text')).toBe(text)
  })
})

describe('copying the link', () => {
  it('says "Copied" for two seconds', async () => {
    vi.useFakeTimers()
    const written: string[] = []
    const model = shareOn({ clipboard: { writeText: async (text) => void written.push(text) } })
    await model.copy(message.link)
    expect(written).toEqual([message.link])
    vi.advanceTimersByTime(copiedForMs - 1)
    expect(model.copied.value).toBe('yes')
    vi.advanceTimersByTime(1)
    expect(model.copied.value).toBe('no')
  })

  it('asks to copy by hand where the browser has no clipboard', async () => {
    const model = shareOn({})
    await model.copy(message.link)
    expect(model.copied.value).toBe('by-hand')
  })
})

describe('the share sheet of a phone', () => {
  it('gets the text and the link apart', async () => {
    const shared: unknown[] = []
    const model = shareOn({ share: async (data) => void shared.push(data) })
    await model.share(message)
    expect(shared).toEqual([{ title: message.business, text: message.text, url: message.link }])
  })

  it('that is closed again is no failure', async () => {
    const model = shareOn({ share: () => Promise.reject(new DOMException('Closed.', 'AbortError')) })
    await model.share(message)
    expect(model.copied.value).toBe('no')
  })

  it('that is missing leaves copying', async () => {
    const model = shareOn({ clipboard: { writeText: async () => {} } })
    expect(model.canShare).toBe(false)
    await model.share(message)
    expect(model.copied.value).toBe('yes')
  })
})

describe('the QR code', () => {
  const drawing = drawQr(message.link)

  it('draws every dark module, and only those', () => {
    const { data, size } = encode(message.link, { ecc: 'M', border: 0 })
    const drawn = data.map((row) => row.map(() => false))
    for (const { x, y, width } of drawing.runs) drawn[y]?.fill(true, x, x + width)
    expect(drawing.size).toBe(size)
    expect(drawn).toEqual(data)
  })

  it('has one outline for each run', () => {
    expect(qrPath(drawing).split('z')).toHaveLength(drawing.runs.length + 1)
  })

  it('is saved with four modules of white around it, as scanners need', async () => {
    const side = drawing.size + 8
    expect(await qrSvgFile(drawing).text()).toContain(`viewBox="-4 -4 ${side} ${side}"`)
  })
})
