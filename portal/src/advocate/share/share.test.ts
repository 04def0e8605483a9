import { encode } from 'uqr'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { storageInMemory } from '../server.testing.ts'
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

describe('the text before the link', () => {
  it("is the advocate's own on this device, by code, until they reset it", () => {
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
  it('open a message with the text and the link', () => {
    const serverMessage = 'With my link you get $20 off: https://harborsons.example/r/ANNA4K7'
    expect(new URL(shareTargets.whatsapp(message)).searchParams.get('text')).toBe(serverMessage)
    expect(new URL(shareTargets.sms(message)).searchParams.get('body')).toBe(serverMessage)
    const mail = new URL(shareTargets.email(message))
    expect(mail.searchParams.get('subject')).toBe('A recommendation: Harbor & Sons')
    expect(mail.searchParams.get('body')).toBe(serverMessage)
  })

  it('contain the link once if the text already has it', () => {
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

  it('asks to copy by hand if the browser has no clipboard', async () => {
    const model = shareOn({})
    await model.copy(message.link)
    expect(model.copied.value).toBe('by-hand')
  })
})

describe("a phone's share sheet", () => {
  it('gets the text and the link separately', async () => {
    const shared: unknown[] = []
    const model = shareOn({ share: async (data) => void shared.push(data) })
    await model.share(message)
    expect(shared).toEqual([{ title: message.business, text: message.text, url: message.link }])
  })

  it('can be closed without an error', async () => {
    const model = shareOn({ share: () => Promise.reject(new DOMException('Closed.', 'AbortError')) })
    await model.share(message)
    expect(model.copied.value).toBe('no')
  })

  it('that is missing falls back to copying', async () => {
    const model = shareOn({ clipboard: { writeText: async () => {} } })
    expect(model.canShare).toBe(false)
    await model.share(message)
    expect(model.copied.value).toBe('yes')
  })
})

describe('the QR code', () => {
  const drawing = drawQr(message.link)

  it('draws all dark modules and no others', () => {
    const { data, size } = encode(message.link, { ecc: 'M', border: 0 })
    const drawn = data.map((row) => row.map(() => false))
    for (const { x, y, width } of drawing.runs) drawn[y]?.fill(true, x, x + width)
    expect(drawing.size).toBe(size)
    expect(drawn).toEqual(data)
  })

  it('has one outline per run', () => {
    expect(qrPath(drawing).split('z')).toHaveLength(drawing.runs.length + 1)
  })

  it('is saved with four modules of white around it, as scanners need', async () => {
    const side = drawing.size + 8
    expect(await qrSvgFile(drawing).text()).toContain(`viewBox="-4 -4 ${side} ${side}"`)
  })
})
