import { batch, signal } from '@preact/signals'
import type { Sending } from './form.ts'

/** Bytes; as many as the server takes of an import. */
const fileMax = 1_000_000

/** Lines of a list: typed, pasted, or read from a file. What is wrong with a file is said at the form's `field`. */
export function createLines(sending: Sending, field: string) {
  const text = signal('')
  /** null when they are not a file's, or not any more. */
  const fileName = signal<string | null>(null)
  return {
    text,
    fileName,
    /** Typed over, it is no longer the file it was. */
    type(given: string) {
      batch(() => {
        text.value = given
        fileName.value = null
      })
    },
    /** False when the file cannot be used; what is there stays. */
    async readFile(chosen: File): Promise<boolean> {
      const read = await linesOf(chosen)
      if ('problem' in read) {
        sending.refuse({ [field]: read.problem })
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

export type Lines = ReturnType<typeof createLines>

async function linesOf(file: File): Promise<{ text: string } | { problem: string }> {
  if (file.size > fileMax) {
    return { problem: 'Use a file of 1 MB or less. A larger one can come in parts, each with the same heads.' }
  }
  let text: string
  try {
    text = textOf(new Uint8Array(await file.arrayBuffer()))
  } catch {
    // A folder, or a file that was moved or locked after it was chosen.
    return { problem: 'That file cannot be opened. Save it again and choose it.' }
  }
  if (text.trim() === '') return { problem: 'There is nothing in that file.' }
  if (isBinary(text)) return { problem: 'That file is not text. Save it as CSV in your spreadsheet and choose that.' }
  return { text }
}

/** The text of a file as spreadsheets write them: UTF-8, UTF-16 with its mark, or else the Western code page. */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Whether it holds signs that no line of text has: a workbook, a picture, a PDF. */
const isBinary = (text: string): boolean => /[^\P{Cc}\s\x80-\x9f]/u.test(text)
