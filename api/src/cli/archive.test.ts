import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acme, buildCommandLine, openTerminal } from '../../test/commandLine.ts'

let built: Awaited<ReturnType<typeof buildCommandLine>>
beforeAll(async () => {
  built = await buildCommandLine()
})
afterAll(() => built.remove())

let here: ReturnType<typeof openTerminal>
let there: ReturnType<typeof openTerminal>
let file: string
beforeEach(() => {
  here = openTerminal(built.entry)
  there = openTerminal(built.entry)
  here.beginWith(built.acme)
  there.beginWith(built.empty)
  file = join(here.folder, 'harbor.goodword')
})
afterEach(() => Promise.all([here.close(), there.close()]))

const unpack = (more = '') => there.goodword(`organization unpack --owner bo@acme.example --file ${file}${more}`)

describe('moving an organization to another installation', () => {
  it('moves all of its data, only once, and every ledger invariant still holds', async () => {
    here.beginWith(built.empty)
    expect((await here.goodword('seed')).code).toBe(0)
    expect(await here.goodword(`organization pack --file ${file}`)).toEqual({
      code: 0,
      out: `${file} holds the whole organization. Keep it like a secret.`,
      err: '',
    })
    // The audit trail records the export, in the exported copy too.
    const notes = gunzipSync(readFileSync(file))
      .toString()
      .split('\n')
      .filter((line) => line.includes('organization.packed'))
    expect(notes.map((line) => JSON.parse(line).row)).toMatchObject([{ actor: 'system:operator' }])
    // Only the owner can read the file.
    expect(statSync(file).mode & 0o777).toBe(0o600)

    const { code, out } = await unpack(' --json')
    expect(code).toBe(0)
    const arrived = JSON.parse(out) as { organizationId: string; name: string; rows: number }
    expect(arrived).toMatchObject({ organizationId: expect.stringMatching(/^org_/), name: 'Harbor & Sons' })
    expect(arrived.rows).toBeGreaterThan(1_000)
    expect((await there.goodword('verify')).out).toMatch(/^All \d+ checks passed\.$/)

    expect(await unpack()).toEqual({
      code: 1,
      out: '',
      err: 'Harbor & Sons already exists in this installation. Nothing was changed.',
    })
  })

  it('runs in the server on both ends when one is running', async () => {
    const from = await here.start()
    expect((await here.goodword(`organization pack --file ${file}`)).code).toBe(0)
    const to = await there.start()
    expect((await unpack()).out).toMatch(
      /^Acme & Co is here, with \d+ rows, and verify found nothing\. bo@acme\.example owns it\.$/,
    )
    const made = await there.goodword('key create --name Server --scopes settings:read')
    const response = await fetch(`${to.url}/v1/organization`, { headers: { authorization: `Bearer ${made.out}` } })
    expect(await response.json()).toMatchObject({ name: 'Acme & Co' })
    expect(await here.stop(from.child)).toBe(0)
    expect(await there.stop(to.child)).toBe(0)
  })

  it('overwrites no file, and requires one that exists, is complete and is readable', async () => {
    writeFileSync(file, 'the backup of last week')
    expect(await here.goodword(`organization pack --file ${file}`)).toEqual({
      code: 1,
      out: '',
      err: `${file} already exists. Choose another name.`,
    })
    expect(readFileSync(file, 'utf8')).toBe('the backup of last week')
    expect((await unpack()).err).toBe(
      'This file is not a complete Goodword archive. Create it again and copy the whole file.',
    )
    file = join(here.folder, 'nothing.goodword')
    expect((await unpack()).err).toBe(`${file} does not exist.`)
    file = join(here.folder, 'a-folder')
    mkdirSync(file)
    expect((await unpack()).err).toMatch(/a-folder cannot be used: /)
    expect((await there.goodword(`organization unpack --file ${file}`)).err).toBe(
      'Add --owner EMAIL. See npm run goodword -- organization unpack --help',
    )
    expect((await here.goodword('organization pack')).err).toBe(
      'Add --file PATH. See npm run goodword -- organization pack --help',
    )
  })

  it('asks which organization to export when there are several', async () => {
    await here.goodword(acme.replace('Acme & Co', 'Bayside'))
    const asked = (await here.goodword(`organization pack --file ${file}`)).err
    expect(asked).toMatch(/^Add --organization with one of these: org_\w+ \(Acme & Co\), org_\w+ \(Bayside\)\.$/)
    const [id] = asked.match(/org_\w+/) ?? []
    const packed = await here.goodword(`organization pack --file ${file} --organization ${id}`)
    expect(packed.code).toBe(0)
    expect((await unpack()).out).toContain('Acme & Co is here')
  })
})
