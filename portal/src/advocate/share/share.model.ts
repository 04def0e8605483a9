import { signal } from '@preact/signals'
import type { ShareMessage } from './targets.ts'

export type ShareModel = ReturnType<typeof createShareModel>

/** What the browser offers: a clipboard needs a secure page, sharing a phone. */
export type Device = Partial<Pick<Navigator, 'share'>> & { clipboard?: Pick<Clipboard, 'writeText'> }

/** How long "Copied" stays. */
export const copiedForMs = 2_000

/** Copying and handing over the link. `copied: 'by-hand'` asks the advocate to copy the selected text. */
export function createShareModel(device: Device) {
  const copied = signal<'no' | 'yes' | 'by-hand'>('no')
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

  return { copied, canShare: Boolean(device.share), copy, share }
}
