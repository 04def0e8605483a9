import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { apiFolder } from '../database/migrate.ts'
import { pagePolicy } from './headers.ts'
import { type Http, requestHeader, send } from './send.ts'

/** A built file, read once. `name` is its path within the folder. */
export type StaticFile = {
  name: string
  type: string
  etag: string
  body: Buffer
  /** Whether the name contains a content hash. */
  hashed: boolean
  compressed: Map<'br' | 'gzip', Promise<Buffer>>
}

export type StaticFiles = ReturnType<typeof loadStaticFiles>

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const compressible = 1_000

/** The root folder of the repository, both from source and from the bundle. */
export const rootFolder = () => dirname(apiFolder())

/** Reads the built portal and widget into memory. A workspace that hasn't been built has no files. */
export const loadStaticFiles = (house = rootFolder()) => ({
  portal: readFolder(join(house, 'portal', 'dist')),
  widget: readFolder(join(house, 'widget', 'dist')),
})

/** The files in a folder, read once. */
export function readFolder(folder: string): Map<string, StaticFile> {
  if (!existsSync(folder)) return new Map()
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const name = path.slice(folder.length + 1).replaceAll('\\', '/')
      return [name, fileOf(name, readFileSync(path))]
    }),
  )
}

/** A file with its content in memory, sent like the built ones. */
export const fileOf = (name: string, body: Buffer): StaticFile => ({
  name,
  type: types[extname(name)] ?? 'application/octet-stream',
  etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  body,
  hashed: /-[\w-]{8}\.\w+(\.map)?$/.test(name),
  compressed: new Map(),
})

/**
 * Responds with a file: 304 when the browser has it, compressed when accepted. `cacheControl` is for names without a
 * hash.
 */
export async function sendFile(http: Http, file: StaticFile, cacheControl: string): Promise<Response> {
  const headers: { [name: Lowercase<string>]: string } = {
    etag: file.etag,
    'cache-control': file.hashed ? 'public, max-age=31536000, immutable' : cacheControl,
    vary: 'Accept-Encoding',
  }
  // Also on a 304: its policy replaces the one of the cached page.
  if (file.type.startsWith('text/html')) headers['content-security-policy'] = pagePolicy
  if (requestHeader(http, 'if-none-match')?.includes(file.etag)) return send(http, 304, null, headers)
  headers['content-type'] = file.type
  const encoding = encodingFor(http, file)
  if (!encoding) return send(http, 200, new Uint8Array(file.body), headers)
  headers['content-encoding'] = encoding
  return send(http, 200, new Uint8Array(await packed(file, encoding)), headers)
}

function encodingFor(http: Http, file: StaticFile): 'br' | 'gzip' | null {
  if (file.body.length < compressible || /^(image\/(?!svg)|font\/)/.test(file.type)) return null
  const accepted = requestHeader(http, 'accept-encoding') ?? ''
  if (/\bbr\b/.test(accepted)) return 'br'
  return /\bgzip\b/.test(accepted) ? 'gzip' : null
}

/** Compressed on first request, then cached. */
function packed(file: StaticFile, encoding: 'br' | 'gzip'): Promise<Buffer> {
  const known = file.compressed.get(encoding)
  if (known) return known
  const made =
    encoding === 'br'
      ? promisify(brotliCompress)(file.body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: file.body.length } })
      : promisify(gzip)(file.body, { level: 9 })
  file.compressed.set(encoding, made)
  return made
}
