import { signal } from '@preact/signals'
import { keepTextsIn } from './keptText.ts'
import type { ShareMessage } from './targets.ts'

export type ShareModel = ReturnType<typeof createShareModel>

/** What the browser offers: a clipboard needs a secure page, sharing a phone. */
export type Device = Partial<Pick<Navigator, 'share'>> & { clipboard?: Pick<Clipboard, 'writeText'> }

/** How long "Copied" stays. */
export const copiedForMs = 2_000

/** Copying and handing over the link. `copied: 'by-hand'` asks the advocate to copy the selected text. */
export function createShareModel(device: Device, storage: () => Storage) {
  const copied = signal<'no' | 'yes' | 'by-hand'>('no')
  const kept = keepTextsIn(storage)
  /** The advocate's own words by code, as far as they were read; null for ours. */
  const texts = signal<Record<string, string | null>>({})
  let timer: ReturnType<typeof setTimeout> | undefined

  async function copy(link: string) {
    clearTimeout(timer)
    try {
      if (!device.clipboard) throw new Error('This page has no clipboard.')
      await device.clipboard.writeText(link)
    } catch {
      copied.value = 'by-hand'
      return
    }
    copied.value = 'yes'
    timer = setTimeout(() => {
      copied.value = 'no'
    }, copiedForMs)
  }

  /** Opens the sheet of the phone; without one, or when it refuses, copies. Closing the sheet is no failure. */
  async function share(message: ShareMessage) {
    if (!device.share) return copy(message.link)
    try {
      await device.share({ title: message.business, text: message.text, url: message.link })
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) await copy(message.link)
    }
  }

  /** The words before the link: the advocate's own, else those suggested. */
  function textOf(code: string, suggested: string): string {
    const known = texts.value[code]
    return (known === undefined ? kept.read(code) : known) ?? suggested
  }

  /** Keeps the advocate's words; null goes back to the suggested ones. */
  function write(code: string, text: string | null) {
    kept.write(code, text)
    texts.value = { ...texts.value, [code]: text }
  }

  return { textOf, write, copied, canShare: Boolean(device.share), copy, share }
}
