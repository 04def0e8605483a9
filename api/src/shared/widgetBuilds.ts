import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Hono } from 'hono'
import { respondNotFound } from './refusals.ts'
import { type Env, send } from './send.ts'
import { fileOf, readFolder, type StaticFile, sendFile } from './staticFiles.ts'

type Files = ReadonlyMap<string, StaticFile>

/** Every widget version this installation has served, by the hash of its files. */
export type WidgetBuilds = {
  current: { build: string; files: { name: string; integrity: string }[] } | null
  filesOf(build: string): Files | undefined
  /**
   * The file that a tag of an earlier version asks for: its own, if that version is kept, or else the current one of
   * the same name. Browsers and proxies keep the tag across an update.
   */
  earlier(name: string): StaticFile | undefined
}

const isBuild = (name: string) => /^[0-9a-f]{16}$/.test(name)

/** Files that a cached tag may still ask for and no version here has. Its elements keep showing their own content. */
const formerParts = new Set(['form.js', 'banner.js', 'launcher.js'])
const nothingToShow = fileOf('nothing.js', Buffer.from('export async function mount() {}\n'))

/** The tag names the folder of its parts by their content: `5f0c2a/ui.js`. */
const inParts = /^[0-9a-f]{6}\//

/**
 * Names the widget build by its content hash, and stores a copy in `folder`: a page that pins a version by integrity
 * keeps working after updates. Without a writable folder only the current version is available.
 */
export function keepWidgetBuilds(widget: Files, folder: string | null): WidgetBuilds {
  const known = new Map<string, Files>()
  if (folder !== null && existsSync(folder)) {
    for (const name of readdirSync(folder).filter(isBuild)) known.set(name, readFolder(join(folder, name)))
  }
  const filesOf = (build: string) => known.get(build)
  const earlier = (name: string) => {
    const own = [...known.values()].find((files) => files.has(name))?.get(name)
    const current = [...widget.values()].find((file) => basename(file.name) === basename(name))
    return inParts.test(name) ? (own ?? current) : (current ?? own)
  }
  if (!widget.has('loader.js')) return { current: null, filesOf, earlier }
  const sorted = [...widget.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const hash = createHash('sha256')
  for (const { name, body } of sorted) hash.update(`${name}\n${body.length}\n`).update(body)
  const build = hash.digest('hex').slice(0, 16)
  if (folder !== null && !known.has(build)) keep(widget, join(folder, build))
  known.set(build, widget)
  const files = sorted.map(({ name, body }) => ({
    name,
    integrity: `sha384-${createHash('sha384').update(body).digest('base64')}`,
  }))
  return { current: { build, files }, filesOf, earlier }
}

/** Written beside and renamed, so that no partial version is ever stored. */
function keep(widget: Files, folder: string): void {
  const beside = `${folder}.${process.pid}`
  try {
    for (const { name, body } of widget.values()) {
      mkdirSync(dirname(join(beside, name)), { recursive: true, mode: 0o700 })
      writeFileSync(join(beside, name), body, { mode: 0o600 })
    }
    renameSync(beside, folder)
  } catch {
    // A full or read-only disk: the version is served while it is the current one.
    if (existsSync(beside)) rmSync(beside, { recursive: true, force: true })
  }
}

/**
 * `/widget/v1/loader.js` follows every update; `/widget/v1/<build>/loader.js` never changes. `manifest.json` names the
 * current one, and the integrity of each of its files.
 */
export function mountWidget(app: Hono<Env>, widget: Files, builds: WidgetBuilds): void {
  app.get('/widget/v1/manifest.json', (http) => {
    if (!builds.current) return respondNotFound(http)
    const { build, files } = builds.current
    const all = files.map(({ name, integrity }) => ({ path: `/widget/v1/${build}/${name}`, integrity }))
    const isLoader = ({ path }: { path: string }) => path.endsWith('/loader.js')
    const manifest = { build, loader: all.find(isLoader), parts: all.filter((one) => !isLoader(one)) }
    return send(http, 200, JSON.stringify(manifest), {
      'content-type': 'application/json',
      'cache-control': 'no-cache',
    })
  })
  app.get('/widget/v1/:build{[0-9a-f]{16}}/:name{.+}', (http) => {
    const file = builds.filesOf(http.req.param('build'))?.get(http.req.param('name'))
    return file ? sendFile(http, { ...file, hashed: true }, '') : respondNotFound(http)
  })
  app.get('/widget/v1/*', (http) => {
    const name = http.req.path.slice('/widget/v1/'.length)
    const file = widget.get(name)
    if (file) {
      const hashed = inParts.test(name)
      return sendFile(http, { ...file, hashed }, 'public, max-age=300, stale-while-revalidate=86400')
    }
    const earlier = builds.earlier(name) ?? (formerParts.has(name) ? nothingToShow : undefined)
    return earlier ? sendFile(http, { ...earlier, hashed: false }, 'no-cache') : respondNotFound(http)
  })
}
