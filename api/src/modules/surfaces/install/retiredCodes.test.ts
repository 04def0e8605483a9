import type { EmbedEvent, Page } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'
import { addSite } from '../../platform/organizations/sites.ts'
import { changeCode } from '../../program/advocates/settings.ts'
import { eraseContact } from '../person/erasing.ts'
import { flushActivity } from './activity.ts'

const site = 'https://harborsons.example'
/** A custom code that identifies its advocate. */
const ownCode = 'ZELDAKOWALSKI'

let test: TestApp
let world: World
let owner: string
let firstCode: string

beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
  owner = await test.signIn(world.owner.personId)
  await addSite(world.ctx, { origin: site })
  const zelda = await world.advocate((await world.campaign()).id, stranger('Zelda Kowalski'))
  firstCode = zelda.code
  await changeCode(world.ctx, zelda.id, ownCode)
  await eraseContact(world.ctx, zelda.contactId, 'Zelda Kowalski')
})
afterAll(() => test.close())

const of = (key: string, code: string) => `?key=${key}&v=1.4.0&code=${code}`
const headers = { origin: site }
async function feed(as: string, search = ''): Promise<EmbedEvent[]> {
  while ((await flushActivity(test.services)) > 0);
  const response = await test.request('GET', `/v1/embed-events?limit=100${search}`, { as })
  return ((await response.json()) as Page<EmbedEvent>).items
}

/** Follows a link to the website as a friend: the visit, the form and its submission. */
async function follow(key: string, code: string): Promise<number[]> {
  const visit = await test.request('POST', `/embed/visits${of(key, code)}`, { headers })
  const form = await test.request('GET', `/embed/form${of(key, code)}`, { headers })
  const { formToken } = (await form.json()) as { formToken: string }
  test.clock.advance(5_000)
  const body = { code, name: 'Priya Shah', email: 'priya@mail.example', formToken }
  const sent = await test.request('POST', `/embed/referrals?key=${key}&v=1.4.0`, { headers, body })
  return [visit.status, form.status, sent.status]
}

describe('an old link of an erased advocate', () => {
  it('is unknown to the friend, and names nobody', async () => {
    const page = await test.app.request(`/r/${ownCode.toLowerCase()}`)
    expect(page.status).toBe(404)
    expect(await page.text()).not.toMatch(/zelda/i)
    const form = await (
      await test.request('GET', `/embed/form${of(world.publishableKey, ownCode)}`, { headers })
    ).json()
    expect(form).toMatchObject({ advocate: null, closed: { code: 'code_unknown' } })
  })

  it('appears in website activity as such, without its code and not as a failure', async () => {
    for (const code of [ownCode, ownCode.toLowerCase(), firstCode]) {
      expect(await follow(world.publishableKey, code)).toEqual([200, 200, 404])
    }
    const events = await feed(owner)
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['visit', 'form', 'submit']))
    expect(new Set(events.map(({ outcome, code }) => `${outcome} ${code}`))).toEqual(new Set(['code_retired null']))
    expect(events[0]).toMatchObject({ title: 'The link of an advocate who was erased', advocate: null })
    expect(await feed(owner, '&outcome=not_attributed')).toEqual([])
  })

  it("doesn't put the code back into the database", async () => {
    const { read } = test.services.database
    const tables = await read.all<[string]>(sql`SELECT name FROM sqlite_master WHERE type = 'table'`)
    for (const [table] of tables) {
      const rows = await read.all(sql`SELECT * FROM ${sql.identifier(table)}`)
      expect([table, /zelda/i.test(JSON.stringify(rows))]).toEqual([table, false])
    }
  })

  it('never leads to someone else: no other advocate can choose its code', async () => {
    const max = await world.advocate((await world.campaign()).id)
    const message = 'ZELDAKOWALSKI is taken. ZELDAKOWALSKI2 is free.'
    await expect(changeCode(world.ctx, max.id, ownCode.toLowerCase())).rejects.toMatchObject({
      code: 'code_taken',
      message,
    })
    expect(await changeCode(world.ctx, max.id, `${ownCode}2`)).toMatchObject({ code: 'ZELDAKOWALSKI2' })
  })

  it("is an ordinary unknown code on another organization's website", async () => {
    const other = await createWorld(test.services, 'Oak Street Dental')
    await addSite(other.ctx, { origin: site })
    await test.request('POST', `/embed/visits${of(other.publishableKey, ownCode)}`, { headers })
    const [event] = await feed(await test.signIn(other.owner.personId))
    expect(event).toMatchObject({ outcome: 'code_unknown', code: 'ZE…' })
  })
})
