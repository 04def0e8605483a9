import { signal } from '@preact/signals'
import { createTextStorage } from './ownTexts.ts'
import type { ShareMessage } from './targets.ts'

export type ShareModel = ReturnType<typeof createShareModel>

/** What the browser offers: a clipboard needs a secure page, and a share sheet needs a phone. */
export type Device = Partial<Pick<Navigator, 'share'>> & { clipboard?: Pick<Clipboard, 'writeText'> }

/** How long "Copied" stays. */
export const copiedForMs = 2_000

/** Copies and shares the link. `copied: 'by-hand'` asks the advocate to copy the selected text. */
export function createShareModel(device: Device, storage: () => Storage) {
  const copied = signal<'no' | 'yes' | 'by-hand'>('no')
  const kept = createTextStorage(storage)
  /** The advocate's own texts by code, as far as they were read; null means our default. */
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

  /** Opens the phone's share sheet; without one, or if it fails, copies. Closing the sheet isn't an error. */
  async function share(message: ShareMessage) {
    if (!device.share) return copy(message.link)
    try {
      await device.share({ title: message.business, text: message.text, url: message.link })
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) await copy(message.link)
    }
  }

  /** The text before the link: the advocate's own, or the suggested one. */
  function textOf(code: string, suggested: string): string {
    const known = texts.value[code]
    return (known === undefined ? kept.read(code) : known) ?? suggested
  }

  /** Stores the advocate's text; null goes back to the suggested one. */
  function write(code: string, text: string | null) {
    kept.write(code, text)
    texts.value = { ...texts.value, [code]: text }
  }

  return { textOf, write, copied, canShare: Boolean(device.share), copy, share }
}
