import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scopes } from '@goodword/contracts'
import Libsql from 'libsql'
import { createBuilder } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { houseFolder } from '../shared/staticFiles.ts'

/** Built anew into a folder of its own, so that the commands run as they are shipped. */
const built = join(houseFolder(), 'api', '.cache', `cli-${process.pid}`)

beforeAll(async () => {
  const builder = await createBuilder({
    configFile: join(houseFolder(), 'vite.config.ts'),
    logLevel: 'error',
    environments: { api: { build: { outDir: built } } },
  })
  const { api } = builder.environments
  if (!api) throw new Error('There is no server to build.')
  await builder.build(api)
})
afterAll(() => rmSync(built, { recursive: true, force: true }))

let folder: string
let database: string
let running: ChildProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'goodword-cli-'))
  database = join(folder, 'data', 'goodword.db')
  running = []
})
afterEach(async () => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
})

type Settings = Record<string, string>

function launch(words: string[], settings: Settings = {}) {
  const child = spawn(process.execPath, [join(built, 'goodword.js'), ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, DEMO: 'off', PORT: '0', DATABASE_URL: `file:${database}`, ...settings },
  })
  running.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => {
    said.out += text
  })
  child.stderr.on('data', (text: Buffer) => {
    said.err += text
  })
  return { child, said }
}

async function goodword(line: string, settings: Settings = {}) {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
  const { child, said } = launch(words, settings)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out: said.out.trim(), err: said.err.trim() }
}

/** Starts the server and waits for its address. */
async function start(settings: Settings = {}) {
  const { child, said } = launch(['start'], settings)
  const url = await new Promise<string>((resolve, reject) => {
    child.once('close', () => reject(new Error(`It did not start: ${said.err}`)))
    child.stdout?.on('data', () => {
      const [found] = said.out.match(/http:\/\/localhost:\d+/) ?? []
      if (found) resolve(found)
    })
  })
  return { child, said, url }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGINT') {
  child.kill(signal)
  const [code] = (await once(child, 'close')) as [number | null]
  return code
}

const acme = 'organization create --name "Acme & Co" --owner-name Bo --owner-email bo@acme.example'

describe('starting', () => {
  it('serves, stops cleanly when told to, and starts again on the same data', async () => {
    const first = await start()
    expect(await (await fetch(`${first.url}/healthz`)).json()).toEqual({ status: 'ok' })
    expect((await goodword(acme)).code).toBe(0)
    expect(await stop(first.child, 'SIGINT')).toBe(0)
    const second = await start()
    const { err } = await goodword('key create --name Server --scopes nothing')
    expect(err).toBe(`There is no scope "nothing". Choose from ${scopes.join(',')}.`)
    expect(await stop(second.child, 'SIGTERM')).toBe(0)
    expect([first.said.err, second.said.err]).toEqual(['', ''])
  })

  it('on a busy port says so in a sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    expect(await goodword('start', { PORT: String(port) })).toEqual({
      code: 1,
      out: '',
      err: `Port ${port} is in use. Stop the other program or set PORT.`,
    })
    other.close()
  })

  it('in a folder that cannot be written says so in a sentence', async () => {
    writeFileSync(join(folder, 'a-file'), '')
    const { code, err } = await goodword('start', { DATABASE_URL: `file:${folder}/a-file/goodword.db` })
    expect(code).toBe(1)
    expect(err).toMatch(
      /^The database \S+ cannot be opened: .+\. Check DATABASE_URL and that its folder can be written\.$/,
    )
  })

  it('on a file that is no database says so in a sentence', async () => {
    database = join(folder, 'notes.txt')
    writeFileSync(database, 'Call Anna about the boiler. '.repeat(400))
    const { code, err } = await goodword('start')
    expect(code).toBe(1)
    expect(err).toMatch(
      /^The database \S+ cannot be opened: .+\. Check DATABASE_URL and that its folder can be written\.$/,
    )
  })

  it('on a database newer than the code says so in a sentence', async () => {
    expect((await goodword('migrate')).code).toBe(0)
    const file = new Libsql(database)
    file.exec(`INSERT INTO migrations (made_at, hash, applied_at) VALUES (${Date.now() + 1_000_000_000}, 'later', 0)`)
    file.close()
    expect(await goodword('start')).toEqual({
      code: 1,
      out: '',
      err: 'This database was written by a newer version of Goodword. Start that version, or restore a backup from before the upgrade.',
    })
  })

  it.each([
    [{ PORT: 'abc' }, 'The setting PORT=abc is not valid. Use a number.'],
    [
      { DATABASE_URL: 'postgres://x' },
      'The setting DATABASE_URL=postgres://x is not valid. Start it with file:, http://, https:// or libsql://.',
    ],
    [
      { PUBLIC_URL: 'refer.example.com' },
      'The setting PUBLIC_URL=refer.example.com is not valid. Use an address such as https://refer.example.com.',
    ],
  ])('with %j says which setting is wrong', async (settings, sentence) => {
    expect(await goodword('start', settings)).toEqual({ code: 1, out: '', err: sentence })
  })

  it('twice on one file names the process that has it', async () => {
    const { child, url } = await start()
    const { code, err } = await goodword('start')
    expect(code).toBe(1)
    const address = url.replace('localhost', '127.0.0.1')
    expect(err).toBe(
      `The database ${database} is in use by process ${child.pid}, at ${address}. Stop that process or set DATABASE_URL.`,
    )
  })

  it('is possible again after the process was killed', async () => {
    const { child } = await start()
    child.kill('SIGKILL')
    await once(child, 'close')
    const again = await start()
    expect((await fetch(`${again.url}/healthz`)).status).toBe(200)
  })
})

describe('the demo', () => {
  it('is there in an empty database: the business, its website on another site, and links to open', async () => {
    const { said, url, child } = await start({ DEMO: 'on', DEMO_PORT: '0' })
    await expect.poll(() => said.out, { timeout: 20_000 }).toContain('Ctrl-C stops it.')
    const [website, portal, console] = [
      /http:\/\/127\.0\.0\.1:\d+\/\?ref=\w+/,
      /\S+\/portal#token=/,
      /\S+\/console\/sign-in#token=/,
    ].map((pattern) => said.out.match(pattern)?.[0])
    expect([portal, console]).toEqual([`${url}/portal#token=`, `${url}/console/sign-in#token=`])
    const page = await (await fetch(website ?? '')).text()
    expect(page).toContain(`${url}/widget/v1/loader.js`)
    const [key] = page.match(/pk_[\w-]{24}/) ?? []
    const form = await fetch(`${url}/embed/form?key=${key}&code=${new URL(website ?? '').searchParams.get('ref')}`, {
      headers: { origin: new URL(website ?? '').origin },
    })
    expect(await form.json()).toMatchObject({ organization: { name: 'Harbor & Sons' }, closed: null })
    expect((await goodword('verify')).out).toMatch(/^All \d+ promises hold\.$/)
    expect((await goodword('seed')).err).toMatch(/^This database is in use\./)
    expect(await stop(child)).toBe(0)
  })

  it('is left out of a real installation', async () => {
    await goodword(acme)
    const { said } = await start({ DEMO: 'on', DEMO_PORT: '0' })
    expect(said.out).toMatch(/^Goodword runs at http:\/\/localhost:\d+\. Open /)
  })
})

describe('a command', () => {
  it('says what it wants, each with --help', async () => {
    const { code, out } = await goodword('--help')
    expect(code).toBe(0)
    const names = [
      'start',
      'migrate',
      'seed',
      'verify',
      'organization create',
      'member invite',
      'key create',
      'key revoke',
    ]
    const helps = await Promise.all(names.map(async (name) => ({ name, help: await goodword(`${name} --help`) })))
    for (const { name, help } of helps) {
      expect(out).toContain(`  ${name} `)
      expect([name, help.code]).toEqual([name, 0])
      expect(help.out).toContain(`npm run goodword -- ${name}`)
    }
  })

  it.each([
    ['organization create --name Acme', 'Add --owner-name NAME. See npm run goodword -- organization create --help'],
    ['key create --nmae x', "Unknown option '--nmae'. See npm run goodword -- key create --help"],
    ['key create --name', "Option '--name <value>' argument missing. See npm run goodword -- key create --help"],
    ['key create --name x', 'There is no organization yet. Make one with organization create.'],
    [`${acme} --time-zone Mars`, 'Use a time zone such as America/Los_Angeles.'],
  ])('%s is answered with what to correct', async (line, sentence) => {
    expect(await goodword(line)).toEqual({ code: 1, out: '', err: sentence })
  })

  it('that there is not is answered with those there are', async () => {
    const { code, err } = await goodword('destroy everything')
    expect(code).toBe(1)
    expect(err).toMatch(/^There is no command "destroy everything"\.\n[\s\S]*organization create/)
  })

  it('opens the file itself when nobody has it, and reaches the server when one does', async () => {
    const made = JSON.parse((await goodword(`${acme} --json`)).out) as { organization: { id: string } }
    expect(made.organization.id).toMatch(/^org_/)
    const before = (await goodword('key create --name Before')).out
    const { url, said } = await start()
    const after = JSON.parse((await goodword('key create --name After --scopes referrals:read --json')).out) as {
      id: string
      key: string
    }
    const ask = async (key: string) =>
      (await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${key}` } })).status
    expect([await ask(before), await ask(after.key)]).toEqual([200, 200])

    const revoked = await goodword(`key revoke --id ${after.id}`)
    expect(revoked).toEqual({ code: 0, out: 'The key "After" opens nothing any more.', err: '' })
    expect([await ask(before), await ask(after.key)]).toEqual([200, 401])
    expect(await goodword('key revoke --id key_00000000000000000000000000')).toMatchObject({ code: 1, out: '' })

    const invited = await goodword('member invite --name Al --email al@acme.example --role admin')
    expect(invited.out).toBe('Al is a member (admin). The server prints their sign-in link.')
    await expect
      .poll(() => said.out)
      .toMatch(/Al <al@acme\.example>:\n {2}http:\/\/localhost:\d+\/console\/sign-in#token=/)
  })

  it('of another computer or without the secret finds nothing', async () => {
    const { url } = await start()
    const ask = (headers: Record<string, string>) =>
      fetch(`${url}/-/commands`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"words":["verify"]}',
      })
    expect((await ask({})).status).toBe(404)
    expect((await ask({ 'x-goodword-owner': 'guess' })).status).toBe(404)
  })

  it('verify answers 0 when every promise holds and 1 when one is broken', async () => {
    await goodword(acme)
    const good = await goodword('verify')
    expect(good.code).toBe(0)
    expect(good.out).toMatch(/^All \d+ promises hold\.$/)

    const file = new Libsql(database)
    const triggers = file.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger%'")
    for (const { name } of triggers.all() as { name: string }[]) file.exec(`DROP TRIGGER ${name}`)
    const [organization] = file.prepare('SELECT id FROM organizations').all() as { id: string }[]
    file.exec(
      `INSERT INTO ledger_accounts (id, organization_id, kind, contact_id, currency, balance, created_at)
       VALUES ('acc_made_up', '${organization?.id}', 'settlements', '', 'USD', 500, 0)`,
    )
    file.close()
    const bad = await goodword('verify')
    expect(bad.code).toBe(1)
    expect(bad.err).toContain('Broken: Per organization and currency all balances sum to zero.')
  })
})
