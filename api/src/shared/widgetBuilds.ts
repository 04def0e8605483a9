import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Hono } from 'hono'
import { respondNotFound } from './refusals.ts'
import { type Env, send } from './send.ts'
import { readFolder, type StaticFile, sendFile } from './staticFiles.ts'

type Files = ReadonlyMap<string, StaticFile>

/** Every widget version this installation has served, by the hash of its files. */
export type WidgetBuilds = {
  current: { build: string; integrity: string } | null
  filesOf(build: string): Files | undefined
}

const isBuild = (name: string) => /^[0-9a-f]{16}$/.test(name)

/**
 * Names the widget build by its content hash, and stores a copy in `folder`: a page that pins a version by integrity
 * keeps working after updates. Without a writable folder only the current version is available.
 */
export function keepWidgetBuilds(widget: Files, folder: string | null): WidgetBuilds {
  const known = new Map<string, Files>()
  if (folder !== null && existsSync(folder)) {
    for (const name of readdirSync(folder).filter(isBuild)) known.set(name, readFolder(join(folder, name)))
  }
  const loader = widget.get('loader.js')
  if (!loader) return { current: null, filesOf: (build) => known.get(build) }
  const hash = createHash('sha256')
  for (const { name, body } of [...widget.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(`${name}\n${body.length}\n`).update(body)
  }
  const build = hash.digest('hex').slice(0, 16)
  if (folder !== null && !known.has(build)) keep(widget, join(folder, build))
  known.set(build, widget)
  const integrity = `sha384-${createHash('sha384').update(loader.body).digest('base64')}`
  return { current: { build, integrity }, filesOf: (name) => known.get(name) }
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
 * current one.
 */
export function mountWidget(app: Hono<Env>, widget: Files, builds: WidgetBuilds): void {
  app.get('/widget/v1/manifest.json', (http) => {
    if (!builds.current) return respondNotFound(http)
    const { build, integrity } = builds.current
    const manifest = { build, loader: { path: `/widget/v1/${build}/loader.js`, integrity } }
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
    const file = widget.get(http.req.path.slice('/widget/v1/'.length))
    return file ? sendFile(http, file, 'public, max-age=300, stale-while-revalidate=86400') : respondNotFound(http)
  })
}
