import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { SettingError } from '../shared/settingError.ts'

export const archiveFormat = 1

/** One line of an archive: a table row by column name. Bytes are base64. */
export type ArchiveRow = { table: string; row: Record<string, unknown> }
/** `number` counts from 1; the manifest is line 1. */
export type ArchiveLine = ArchiveRow & { number: number }
export type Manifest = { goodword: number; schema: number; organizationId: string; name: string; madeAt: string }

/**
 * Limits on an archive: bytes after decompression, decompressed bytes per compressed byte, lines, and bytes in one
 * line. The ratio isn't checked below a million bytes, so that a small archive of many similar rows is accepted.
 */
export type ArchiveLimits = { bytes: number; ratio: number; lines: number; lineBytes: number }
export const archiveLimits: ArchiveLimits = {
  bytes: 512 * 1024 * 1024,
  ratio: 100,
  lines: 5_000_000,
  lineBytes: 4 * 1024 * 1024,
}
const freeOfRatio = 1_000_000

type Reader = {
  manifest(manifest: Manifest): Promise<void>
  line(line: ArchiveLine): Promise<void>
}

const lineBreak = 0x0a

export const brokenArchive = () =>
  new SettingError('This file is not a complete Goodword archive. Create it again and copy the whole file.')

/**
 * Reads an archive line by line as a stream and returns its checksum and number of lines. Until it returns, the archive
 * may be incomplete or forged, so treat every line as untrusted. Holds one line in memory at a time and stops at the
 * first limit exceeded. Throws SettingError, or the source's error.
 */
export async function readArchive(
  source: Readable,
  reader: Reader,
  limits: ArchiveLimits = archiveLimits,
): Promise<{ digest: string; lines: number }> {
  let compressed = 0
  const lines = lineReader(reader, limits)
  const gunzip = createGunzip({ chunkSize: 64 * 1024 })
  try {
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          compressed += chunk.length
          yield chunk
        }
      },
      gunzip,
      async (chunks: AsyncIterable<Buffer>) => {
        let bytes = 0
        for await (const chunk of chunks) {
          bytes += chunk.length
          if (bytes > limits.bytes) throw tooLarge(`It holds more than ${inMegabytes(limits.bytes)}`)
          if (bytes > freeOfRatio && bytes > compressed * limits.ratio)
            throw tooLarge('It is compressed far more than any archive')
          await lines.take(chunk)
        }
      },
    )
  } catch (error) {
    // These are zlib's errors for a file that isn't gzip, is damaged, or is truncated.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw brokenArchive()
    throw error
  }
  return lines.end()
}

const inMegabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`
const tooLarge = (why: string) =>
  new SettingError(`This archive was rejected. ${why}. Create it again in the old installation. Nothing was changed.`)

/** Splits bytes into lines. Holds back the last line, because it is the trailer. */
function lineReader(reader: Reader, limits: ArchiveLimits) {
  const hash = createHash('sha256')
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let parts: Buffer[] = []
  let size = 0
  let last: string | null = null
  let number = 0

  function add(part: Buffer) {
    size += part.length
    if (size > limits.lineBytes) throw tooLarge(`Line ${number + 1} is longer than ${inMegabytes(limits.lineBytes)}`)
    parts.push(part)
  }

  async function endLine() {
    const text = decode(utf8, Buffer.concat(parts))
    parts = []
    size = 0
    if (last !== null) await read(last)
    last = text
    number += 1
    if (number > limits.lines) throw tooLarge(`It has more than ${limits.lines.toLocaleString('en-US')} lines`)
  }

  /** `number` is the number of this line; the next line hasn't been counted yet. */
  async function read(text: string) {
    hash.update(number === 1 ? text : `\n${text}`)
    const value = parseObject(text)
    if (number === 1) await reader.manifest(manifestOf(value))
    else await reader.line({ ...rowOf(value), number })
  }

  return {
    async take(chunk: Buffer) {
      let from = 0
      for (let at = chunk.indexOf(lineBreak); at !== -1; at = chunk.indexOf(lineBreak, from)) {
        add(chunk.subarray(from, at))
        await endLine()
        from = at + 1
      }
      add(chunk.subarray(from))
    },
    async end() {
      await endLine()
      const digest = hash.digest('hex')
      if (number < 3 || parseObject(last ?? '').end !== digest) throw brokenArchive()
      return { digest, lines: number }
    },
  }
}

function decode(utf8: TextDecoder, bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw brokenArchive()
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw brokenArchive()
  }
  if (!isObject(value)) throw brokenArchive()
  return value
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function manifestOf(value: Record<string, unknown>): Manifest {
  const { goodword, schema, organizationId, name, madeAt } = value
  if (goodword !== archiveFormat || typeof schema !== 'number' || typeof organizationId !== 'string')
    throw brokenArchive()
  return { goodword, schema, organizationId, name: String(name), madeAt: String(madeAt) }
}

function rowOf({ table, row }: Record<string, unknown>): ArchiveRow {
  if (typeof table !== 'string' || !isObject(row)) throw brokenArchive()
  return { table, row }
}
