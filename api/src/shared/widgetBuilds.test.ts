import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { createFrame } from './frame.ts'
import { createLog } from './log.ts'
import type { Env } from './send.ts'
import { readFolder } from './staticFiles.ts'
import { keepWidgetBuilds, mountWidget } from './widgetBuilds.ts'

let folder: string
const kept = () => join(folder, 'data', 'widget')
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'goodword-widget-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A server built with these files, in an installation that keeps its data. */
function serve(files: Record<string, string>, keepIn: string | null = kept()) {
  const built = mkdtempSync(join(folder, 'built-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(built, name, '..'), { recursive: true })
    writeFileSync(join(built, name), text)
  }
  const widget = readFolder(built)
  const app = new Hono<Env>()
  const config = readConfig({})
  app.use(createFrame({ config, log: createLog(config.logLevel) }, app, { bodyMax: () => 0 }))
  mountWidget(app, widget, keepWidgetBuilds(widget, keepIn))
  return (path: string) => app.request(path)
}
type Hashed = { path: string; integrity: string }
type Manifest = { build: string; loader: Hashed; parts: Hashed[] }
const manifestOf = async (get: ReturnType<typeof serve>) =>
  (await (await get('/widget/v1/manifest.json')).json()) as Manifest
const sha384 = (text: string) => `sha384-${createHash('sha384').update(text).digest('base64')}`

describe('a pinned version of the widget', () => {
  const first = { 'loader.js': 'one()', '111111/ui.js': 'form()' }
  const second = { 'loader.js': 'one()', '222222/ui.js': 'form(2)' }

  it('is named by its content hash and has the integrity a browser checks, of each file', async () => {
    const get = serve(first)
    const { build, loader, parts } = await manifestOf(get)
    expect(loader).toEqual({ path: `/widget/v1/${build}/loader.js`, integrity: sha384('one()') })
    expect(parts).toEqual([{ path: `/widget/v1/${build}/111111/ui.js`, integrity: sha384('form()') }])
    const response = await get(loader.path)
    expect(await response.text()).toBe('one()')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await get('/widget/v1/loader.js')).headers.get('cache-control')).toContain('max-age=300')
  })

  it('changes when only a part changed, and the previous one is still served with its own parts', async () => {
    const before = await manifestOf(serve(first))
    const get = serve(second)
    const after = await manifestOf(get)
    expect(after.build).not.toBe(before.build)
    expect(await (await get(`/widget/v1/${before.build}/111111/ui.js`)).text()).toBe('form()')
    expect(await (await get(`/widget/v1/${after.build}/222222/ui.js`)).text()).toBe('form(2)')
  })

  it("is not found if it never existed, and can't escape the folder", async () => {
    const get = serve(second)
    const { build } = await manifestOf(get)
    for (const path of ['0123456789abcdef/loader.js', `${build}/nothing.js`, `${build}/..%2f..%2fsecret`]) {
      expect((await get(`/widget/v1/${path}`)).status).toBe(404)
    }
  })

  it('is served while it is the current one, even if nothing can be stored', async () => {
    const get = serve(first, join(folder, 'file', 'below'))
    writeFileSync(join(folder, 'plain'), '')
    const other = serve(first, join(folder, 'plain', 'below'))
    for (const one of [get, other, serve(first, null)]) {
      expect((await one((await manifestOf(one)).loader.path)).status).toBe(200)
    }
  })
})

describe('a tag that a browser kept across an update', () => {
  const before = { 'loader.js': 'old()', 'form.js': 'form()', '333333/ui.js': 'old ui', '333333/share.js': 'old' }
  const after = { 'loader.js': 'new()', '444444/ui.js': 'new ui', '444444/share.js': 'new share' }
  const answer = async (get: ReturnType<typeof serve>, path: string) => {
    const response = await get(`/widget/v1/${path}`)
    return [response.status, await response.text(), response.headers.get('cache-control')]
  }
  const forever = 'public, max-age=31536000, immutable'

  it('finds the parts of its own version, which browsers may keep for good', async () => {
    const kept = join(folder, 'updated')
    expect(await answer(serve(before, kept), '333333/ui.js')).toEqual([200, 'old ui', forever])
    const get = serve(after, kept)
    expect((await answer(get, '333333/ui.js')).slice(0, 2)).toEqual([200, 'old ui'])
    expect(await answer(get, '444444/ui.js')).toEqual([200, 'new ui', forever])
    expect((await answer(get, 'form.js')).slice(0, 2)).toEqual([200, 'form()'])
  })

  it('finds the current parts where nothing can be stored, for now', async () => {
    const get = serve(after, null)
    expect(await answer(get, '333333/share.js')).toEqual([200, 'new share', 'no-cache'])
    expect(await answer(get, 'share.js')).toEqual([200, 'new share', 'no-cache'])
    expect((await answer(get, '333333/nothing.js'))[0]).toBe(404)
  })

  it('finds a part that shows nothing where its own is gone for good, so that no page logs an error', async () => {
    const get = serve(after, null)
    expect(await answer(get, 'form.js')).toEqual([200, 'export async function mount() {}\n', 'no-cache'])
    expect((await answer(get, 'other.js'))[0]).toBe(404)
  })
})
