import { once } from 'node:events'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { scopes } from '@goodword/contracts'
import Libsql from 'libsql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acme, buildCommandLine, openTerminal } from '../../test/commandLine.ts'

let built: Awaited<ReturnType<typeof buildCommandLine>>
beforeAll(async () => {
  built = await buildCommandLine()
})
afterAll(() => built.remove())

let terminal: ReturnType<typeof openTerminal>
beforeEach(() => {
  terminal = openTerminal(built.entry)
  terminal.beginWith(built.empty)
})
afterEach(() => terminal.close())

/** A request with half its body sent. `finish` sends the rest and resolves to the status. */
async function openRequest(url: string) {
  const body = '{"email":"nobody@elsewhere.example"}'
  const headers = { 'content-type': 'application/json', 'content-length': body.length }
  const outgoing = request(`${url}/session/links`, { method: 'POST', headers })
  const status = new Promise<number | undefined>((resolve, reject) => {
    outgoing.once('response', (answer) => resolve(answer.resume().statusCode))
    outgoing.once('error', reject)
  })
  status.catch(() => undefined)
  await new Promise((written) => outgoing.write(body.slice(0, 10), written))
  // Once the server has answered a later request, it has received this one.
  await fetch(`${url}/healthz`)
  return {
    finish() {
      outgoing.end(body.slice(10))
      return status
    },
  }
}

describe('starting', () => {
  it('serves, stops cleanly on a signal, and starts again on the same data', async () => {
    const first = await terminal.start()
    expect(await (await fetch(`${first.url}/healthz`)).json()).toEqual({ status: 'ok' })
    expect((await terminal.goodword(acme)).code).toBe(0)
    expect(await terminal.stop(first.child, 'SIGINT')).toBe(0)
    const second = await terminal.start()
    const { err } = await terminal.goodword('key create --name Server --scopes nothing')
    expect(err).toBe(`There is no scope "nothing". Choose from ${scopes.join(',')}.`)
    expect(await terminal.stop(second.child, 'SIGTERM')).toBe(0)
    expect([first.output.err, second.output.err]).toEqual(['', ''])
  })

  it('finishes open requests on a signal, and accepts no new ones', async () => {
    const { child, url } = await terminal.start()
    const slow = await openRequest(url)
    const ended = terminal.stop(child, 'SIGTERM')
    await expect.poll(() => fetch(`${url}/healthz`).catch(() => 'refused')).toBe('refused')
    expect(await slow.finish()).toBe(202)
    expect(await ended).toBe(0)
  })

  it('exits immediately on a second signal', async () => {
    const { child, url } = await terminal.start()
    const slow = await openRequest(url)
    const ended = terminal.stop(child, 'SIGINT')
    await expect.poll(() => fetch(`${url}/healthz`).catch(() => 'refused')).toBe('refused')
    child.kill('SIGINT')
    expect(await ended).toBe(1)
    await expect(slow.finish()).rejects.toThrow()
  })

  it('reports a busy port in one sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    expect(await terminal.goodword('start', { PORT: String(port) })).toEqual({
      code: 1,
      out: '',
      err: `Port ${port} is in use. Stop the other program or set PORT.`,
    })
    other.close()
  })

  it("reports a folder that isn't writable in one sentence", async () => {
    writeFileSync(join(terminal.folder, 'a-file'), '')
    const { code, err } = await terminal.goodword('start', {
      DATABASE_URL: `file:${terminal.folder}/a-file/goodword.db`,
    })
    expect(code).toBe(1)
    expect(err).toMatch(
      /^The database \S+ cannot be opened: .+\. Check DATABASE_URL and that its folder can be written\.$/,
    )
  })

  it("reports a file that isn't a database in one sentence", async () => {
    const notes = join(terminal.folder, 'notes.txt')
    writeFileSync(notes, 'Call Anna about the boiler. '.repeat(400))
    const { code, err } = await terminal.goodword('start', { DATABASE_URL: `file:${notes}` })
    expect(code).toBe(1)
    expect(err).toMatch(
      /^The database \S+ cannot be opened: .+\. Check DATABASE_URL and that its folder can be written\.$/,
    )
  })

  it('reports a database newer than the code in one sentence', async () => {
    expect((await terminal.goodword('migrate')).code).toBe(0)
    const file = new Libsql(terminal.database)
    file.exec(`INSERT INTO migrations (made_at, hash, applied_at) VALUES (${Date.now() + 1_000_000_000}, 'later', 0)`)
    file.close()
    expect(await terminal.goodword('start')).toEqual({
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
    expect(await terminal.goodword('start', settings)).toEqual({ code: 1, out: '', err: sentence })
  })

  it('a second time on one file names the process that owns it, and works once that process is killed', async () => {
    const { child, url } = await terminal.start()
    const { code, err } = await terminal.goodword('start')
    expect(code).toBe(1)
    const address = url.replace('localhost', '127.0.0.1')
    expect(err).toBe(
      `The database ${terminal.database} is in use by process ${child.pid}, at ${address}. Stop that process or set DATABASE_URL.`,
    )
    await terminal.stop(child, 'SIGKILL')
    const again = await terminal.start()
    expect((await fetch(`${again.url}/healthz`)).status).toBe(200)
  })
})

const settingsKey = 'key create --name Test --scopes settings:read'

describe('the demo', () => {
  it('is created in an empty database: the business, its website on another site, and the links to open', async () => {
    rmSync(terminal.database)
    const { output, url, child } = await terminal.start({ DEMO: 'on', DEMO_PORT: '0' })
    await expect.poll(() => output.out).toContain('Press Ctrl-C to stop it.')
    const [website, friend, portal, console] = [
      /http:\/\/127\.0\.0\.1:\d+\/\?ref=\w+/,
      /\S+\/f\/[\w-]{43}/,
      /\S+\/portal#token=/,
      /\S+\/console\/sign-in#token=/,
    ].map((pattern) => output.out.match(pattern)?.[0])
    expect([portal, console]).toEqual([`${url}/portal#token=`, `${url}/console/sign-in#token=`])
    expect(await (await fetch(friend ?? '')).text()).toContain('Anna gave you $20 off your first plumbing visit')
    const page = await (await fetch(website ?? '')).text()
    expect(page).toContain(`${url}/widget/v1/loader.js`)
    const [key] = page.match(/pk_[\w-]{24}/) ?? []
    const form = await fetch(`${url}/embed/form?key=${key}&code=${new URL(website ?? '').searchParams.get('ref')}`, {
      headers: { origin: new URL(website ?? '').origin },
    })
    expect(await form.json()).toMatchObject({ organization: { name: 'Harbor & Sons' }, closed: null })
    // Recent events are delivered to the business's own website on this computer.
    const asked = { headers: { authorization: `Bearer ${(await terminal.goodword(settingsKey)).out}` } }
    const read = async (path: string) =>
      (await (await fetch(url + path, asked)).json()) as { items: Record<string, unknown>[] }
    const [hook] = (await read('/v1/webhook-endpoints')).items
    const responses = async () => {
      const { items } = await read(`/v1/webhook-endpoints/${hook?.id}/deliveries?limit=100`)
      return [...new Set(items.map(({ lastStatus }) => lastStatus))]
    }
    await expect.poll(responses).toEqual([200])
    expect((await terminal.goodword('verify')).out).toMatch(/^All \d+ checks passed\.$/)
    expect((await terminal.goodword('seed')).err).toMatch(/^This database already holds data\./)
    expect(await terminal.stop(child)).toBe(0)
  })

  it("isn't created in a real installation", async () => {
    terminal.beginWith(built.acme)
    const { output } = await terminal.start({ DEMO: 'on', DEMO_PORT: '0' })
    expect(output.out).toMatch(/^Goodword is running at http:\/\/localhost:\d+\. Open /)
  })
})

describe('a command', () => {
  it('explains its options with --help', async () => {
    const { code, out } = await terminal.goodword('--help')
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
    const helps = await Promise.all(
      names.map(async (name) => ({ name, help: await terminal.goodword(`${name} --help`) })),
    )
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
    ['key create --name x', 'There is no organization yet. Create one with organization create.'],
    [`${acme} --time-zone Mars`, 'Use a time zone such as America/Los_Angeles.'],
  ])('%s is refused with how to fix it', async (line, sentence) => {
    expect(await terminal.goodword(line)).toEqual({ code: 1, out: '', err: sentence })
  })

  it("that doesn't exist lists the ones that do", async () => {
    const { code, err } = await terminal.goodword('destroy everything')
    expect(code).toBe(1)
    expect(err).toMatch(/^There is no command "destroy everything"\.\n[\s\S]*organization create/)
  })

  it('opens the file itself if no server is running, and otherwise runs in the server', async () => {
    const made = JSON.parse((await terminal.goodword(`${acme} --json`)).out) as { organization: { id: string } }
    expect(made.organization.id).toMatch(/^org_/)
    const before = (await terminal.goodword('key create --name Before')).out
    const { url, output } = await terminal.start()
    const after = JSON.parse(
      (await terminal.goodword('key create --name After --scopes referrals:read --json')).out,
    ) as {
      id: string
      key: string
    }
    const ask = async (key: string) =>
      (await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${key}` } })).status
    expect([await ask(before), await ask(after.key)]).toEqual([200, 200])

    const revoked = await terminal.goodword(`key revoke --id ${after.id}`)
    expect(revoked).toEqual({ code: 0, out: 'The key "After" is revoked.', err: '' })
    expect([await ask(before), await ask(after.key)]).toEqual([200, 401])
    expect(await terminal.goodword('key revoke --id key_00000000000000000000000000')).toMatchObject({
      code: 1,
      out: '',
    })

    const invited = await terminal.goodword('member invite --name Al --email al@acme.example --role admin')
    expect(invited.out).toBe('Al is invited (admin) and joins by accepting. The server prints the link.')
    await expect
      .poll(() => output.out)
      .toMatch(/Al <al@acme\.example>:\n {2}http:\/\/localhost:\d+\/console\/sign-in#token=/)
  })

  it('verify exits with 0 when every invariant holds and with 1 when one is broken', async () => {
    terminal.beginWith(built.acme)
    chmodSync(terminal.database, 0o644)
    const good = await terminal.goodword('verify')
    expect(good.code).toBe(0)
    expect(good.err).toContain('other users of this computer could read these files; now they cannot')
    expect(good.out).toMatch(/^All \d+ checks passed\.$/)

    const file = new Libsql(terminal.database)
    const triggers = file.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger%'")
    for (const { name } of triggers.all() as { name: string }[]) file.exec(`DROP TRIGGER ${name}`)
    const [organization] = file.prepare('SELECT id FROM organizations').all() as { id: string }[]
    file.exec(
      `INSERT INTO ledger_accounts (id, organization_id, kind, owner_type, owner_id, currency, balance, created_at)
       VALUES ('acc_made_up', '${organization?.id}', 'settlements', 'clearing', '${organization?.id}', 'USD', 500, 0)`,
    )
    file.close()
    const bad = await terminal.goodword('verify')
    expect(bad.code).toBe(1)
    expect(bad.err).toContain('Broken: The balances of an organization in a currency sum to zero.')
  })
})
