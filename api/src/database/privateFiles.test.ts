import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { openServices } from '../services.ts'
import { keepWidgetBuilds } from '../shared/widgetBuilds.ts'
import { ownDatabase } from './ownership.ts'

let folder: string
let umask: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'goodword-private-'))
  umask = process.umask(0)
})
afterEach(() => {
  process.umask(umask)
  rmSync(folder, { recursive: true, force: true })
})

const urlOf = (data: string) => `file:${join(data, 'goodword.db')}`
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
const filesIn = (data: string) => readdirSync(data).map((name) => [name, modeOf(join(data, name))])

async function running(data: string, inspect: () => void) {
  const ownership = ownDatabase(urlOf(data))
  ownership?.announce('http://127.0.0.1:1')
  const { close } = await openServices(readConfig({ DATABASE_URL: urlOf(data), LOG_LEVEL: 'silent' }))
  inspect()
  await close()
  ownership?.release()
}

it("other users of the computer can't read stored files, whatever the umask", async () => {
  const data = join(folder, 'new', 'data')
  await running(data, () => {
    expect(filesIn(data)).toEqual([
      ['goodword.db', '600'],
      ['goodword.db-shm', '600'],
      ['goodword.db-wal', '600'],
      ['goodword.db.lock', '600'],
      ['goodword.db.owner', '600'],
    ])
    expect([modeOf(data), modeOf(join(folder, 'new'))]).toEqual(['700', '700'])
  })
})

it('at startup, older files lose their open permissions, and an existing folder stays as it is', async () => {
  await running(folder, () => {})
  chmodSync(folder, 0o755)
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
  await running(folder, () => {
    expect(filesIn(folder).filter(([, mode]) => mode !== '600')).toEqual([])
    expect(modeOf(folder)).toBe('755')
  })
})

it('saved widget builds get the same permissions', () => {
  const widget = join(folder, 'widget')
  const file = { name: 'loader.js', body: Buffer.from('x') }
  const { current } = keepWidgetBuilds(new Map([['loader.js', file as never]]), widget)
  const kept = join(widget, current?.build ?? '')
  expect([modeOf(widget), modeOf(kept), ...filesIn(kept)]).toEqual(['700', '700', ['loader.js', '600']])
})
