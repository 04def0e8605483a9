import { batch, signal } from '@preact/signals'
import type { Sending } from './form.ts'

/** Bytes; the server's limit for an import. */
const fileMax = 1_000_000

/** The text of a list: typed, pasted, or read from a file. File errors are shown at `field`. */
export function createListInput(sending: Sending, field: string) {
  const text = signal('')
  /** null when the text did not come from a file, or was edited since. */
  const fileName = signal<string | null>(null)
  return {
    text,
    fileName,
    /** Edited text no longer counts as the file. */
    type(given: string) {
      batch(() => {
        text.value = given
        fileName.value = null
      })
    },
    /** Resolves to false when the file cannot be used; the text then stays as it was. */
    async readFile(chosen: File): Promise<boolean> {
      const read = await readText(chosen)
      if ('problem' in read) {
        sending.showErrors({ [field]: read.problem })
        return false
      }
      batch(() => {
        text.value = read.text
        fileName.value = chosen.name.slice(0, 200)
        sending.errors.value = {}
      })
      return true
    },
  }
}

export type ListInput = ReturnType<typeof createListInput>

async function readText(file: File): Promise<{ text: string } | { problem: string }> {
  if (file.size > fileMax) {
    return { problem: 'Use a file of 1 MB or less. Split a larger one into parts, each with the same column names.' }
  }
  let text: string
  try {
    text = decode(new Uint8Array(await file.arrayBuffer()))
  } catch {
    // A folder, or a file that was moved or locked after it was chosen.
    return { problem: 'That file can’t be opened. Save it again and choose it.' }
  }
  if (text.trim() === '') return { problem: 'That file is empty.' }
  if (isBinary(text)) return { problem: 'That file is not text. Save it as CSV in your spreadsheet and choose that.' }
  return { text }
}

/** Decodes what spreadsheets write: UTF-8, UTF-16 with a byte order mark, or Windows-1252. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Whether it contains control characters that no text has, as workbooks, images and PDFs do. */
const isBinary = (text: string): boolean => /[^\P{Cc}\s\x80-\x9f]/u.test(text)
