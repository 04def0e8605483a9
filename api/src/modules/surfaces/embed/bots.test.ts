import type { SubmitReferral } from '@goodword/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { friendForm, refusal } from '../../../../test/friendForm.ts'
import { anotherWorld, stranger, type World } from '../../../../test/harness.ts'
import { noticeOf, pageOf } from '../../../../test/hosted.ts'
import { withProof } from '../../../../test/proof.ts'
import { AppError } from '../../../shared/errors.ts'
import { sendDueDigests } from '../../program/referrals/digests.ts'
import { convertReferral } from '../console/referrals.ts'
import { newFormToken } from './formToken.ts'
import { proofBits } from './proof.ts'
import { submitReferral } from './submit.ts'

const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 2 ** 31))
const second = 1_000

/** mulberry32: the same seed makes the same crowd. */
function randomOf(start: number) {
  let state = start
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    below: (end: number) => Math.floor(next() * end),
    oneOf: <T>(list: readonly [T, ...T[]]): T => list[Math.floor(next() * list.length)] ?? list[0],
    group: () => Math.floor(next() * 65_536).toString(16),
  }
}

let test: TestApp
let world: World
let friends: ReturnType<typeof friendForm>
let people = 0

beforeAll(async () => {
  test = await createTestApp({ rateLimits: true, trustProxy: 1 })
})
beforeEach(async () => {
  world = await anotherWorld(test.services)
  friends = friendForm(test, world)
})
afterAll(() => test.close())

const someone = (kind: string) => {
  people += 1
  return stranger(`${kind} Number${people}`)
}
const drawn = () => newFormToken(test.services, world.organization.id)
const send = (input: SubmitReferral, address: string, agent?: string) =>
  submitReferral(friends.ctx, input, { source: 'widget', address, ...(agent ? { agent } : {}) })
const refusedAs = async (sent: Promise<unknown>) =>
  sent.then(
    () => null,
    (error) => {
      if (error instanceof AppError) return error.code
      throw error
    },
  )
const count = async (what: string) =>
  (await test.services.database.read.all<[number]>(`SELECT count(*) FROM ${what}`))[0]?.[0] ?? 0
const ours = () => `organization_id = '${world.organization.id}'`

/** A friend at a browser: the widget proves work where it is asked to. Returns whether it had to. */
async function comeAsPerson(code: string, address: string): Promise<boolean> {
  const input = { code, ...someone('Friend'), formToken: drawn() }
  test.clock.advance(5 * second)
  const refused = await refusedAs(send(input, address))
  if (refused === null) return false
  expect(refused).toBe('proof_needed')
  await send(withProof(input), address)
  return true
}

describe('a thousand bots with changing addresses on one link', () => {
  it('earn nothing, send no flood of emails, and leave the way open for real friends', async () => {
    const random = randomOf(seed)
    const { anna } = await friends.campaignContext()
    const arrivals = new Set([5, 250, 500, 750, 999])
    let proved = 0
    const kinds = ['naive', 'filler', 'patient', 'hasty', 'replay', 'tags', 'leaving'] as const
    const token = drawn()
    for (let n = 0; n < 1_000; n += 1) {
      const address = random.oneOf([
        `198.51.${random.below(256)}.${random.below(256)}`,
        `2001:db8:${random.group()}:${random.group()}::${random.group()}`,
      ])
      const kind = random.oneOf(kinds)
      const input: SubmitReferral = {
        code: anna.code,
        ...someone('Bot'),
        formToken: kind === 'replay' ? token : drawn(),
      }
      if (kind === 'tags') input.email = `bot+${n}@gmail.com`
      if (kind === 'leaving') input.leaving = true
      if (kind === 'filler') input.website = 'https://spam.example'
      test.clock.advance(kind === 'hasty' ? 100 : 3 * second)
      const refused = await refusedAs(send(input, address))
      if (refused !== null && (kind === 'patient' || kind === 'filler')) {
        test.clock.advance(6 * second)
        await refusedAs(send(input, address))
      }
      if (arrivals.has(n) && (await comeAsPerson(anna.code, `203.0.113.${n % 250}`))) proved += 1
      if (n % 50 === 0) await sendDueDigests(test.services)
    }
    test.clock.advance(3 * 3_600 * second)
    await sendDueDigests(test.services)

    const rows = await test.services.database.read.all<[id: string, name: string, flags: string]>(
      `SELECT id, submitted ->> 'name', flags FROM referrals WHERE ${ours()}`,
    )
    const bots = rows.filter(([, name]) => name.startsWith('Bot'))
    const real = rows.filter(([, name]) => name.startsWith('Friend'))
    const flagged = bots.filter(([, , flags]) => flags !== '[]')
    const messages = async (template: string) => count(`messages WHERE ${ours()} AND template = 'referral_${template}'`)
    const sent = {
      confirmations: await messages('received_friend'),
      advocate: await messages('received_advocate'),
      staff: await messages('received_staff'),
      digests: await messages('digest_staff'),
    }
    process.stdout.write(
      `seed ${seed}: 1,000 bots, ${bots.length} saved, ${flagged.length} of them flagged; 5 real friends, ${real.length} saved, ${proved} after a proof; messages ${JSON.stringify(sent)}\n`,
    )
    // Every real friend, and nobody's bot without a flag.
    expect(real).toHaveLength(5)
    expect(flagged).toHaveLength(bots.length)
    expect(await count(`ledger_transfers WHERE ${ours()}`)).toBe(0)
    expect(await count(`conversions WHERE ${ours()}`)).toBe(0)
    // The first ten of each kind, before anybody could tell; then digests.
    expect([sent.confirmations, sent.advocate, sent.staff].every((each) => each <= 10)).toBe(true)
    expect(sent.digests).toBeGreaterThan(0)
    expect(sent.digests).toBeLessThanOrEqual(4)
    // Staff convert the last real friend: one pair of rewards, and the link is still open.
    await convertReferral(world.ctx, real.at(-1)?.[0] ?? '', { jobValue: 100_000, notify: false })
    expect(await count(`rewards WHERE ${ours()}`)).toBe(2)
    await comeAsPerson(anna.code, '192.0.2.77')
    expect(await count(`referrals WHERE ${ours()} AND submitted ->> 'name' LIKE 'Friend %'`)).toBe(6)
  })
})

describe('two hundred families on one network', () => {
  const random = randomOf(seed + 1)
  it.each([
    ['an office', () => '203.0.113.20'],
    ['a mobile network that shares one address', () => '198.18.0.1'],
    ['a school with one IPv6 network', () => `2001:db8:5:1:${random.group()}:${random.group()}::1`],
    ['a provider with a block of IPv6 networks', () => `2001:db8:77:${random.group()}::${random.group()}`],
  ])('are all saved: %s', async (network, addressOf) => {
    const { campaign } = await friends.campaignContext()
    const links: string[] = []
    for (let n = 0; n < 25; n += 1)
      links.push((await world.advocate(campaign.id, stranger(`Advocate Number${n}`))).code)
    const seen = { atOnce: 0, proved: 0, again: 0 }
    for (let n = 0; n < 200; n += 1) {
      const address = addressOf()
      const agent = `Phone ${random.below(12)}`
      const input = { code: links[n % links.length] ?? '', ...someone('Family'), formToken: drawn() }
      test.clock.advance(15 * second)
      const refused = await refusedAs(send(input, address, agent))
      if (refused === null) seen.atOnce += 1
      else {
        expect(refused).toBe('proof_needed')
        // Every thirtieth has a browser that proves work; the others send again.
        if (n % 30 === 0) {
          await send(withProof(input), address, agent)
          seen.proved += 1
        } else {
          test.clock.advance(5 * second)
          await send(input, address, agent)
          seen.again += 1
        }
      }
    }
    process.stdout.write(`seed ${seed}: 200 families on ${network}: ${JSON.stringify(seen)}\n`)
    expect(await count(`referrals WHERE ${ours()} AND status = 'pending'`)).toBe(200)
  })
})

describe('over HTTP', () => {
  const from = { 'x-forwarded-for': '198.51.100.200' }

  it('the widget reads what to prove, and a page without scripts may just send again', async () => {
    const { anna } = await friends.campaignContext()
    for (let n = 0; n < 10; n += 1) await comeAsPerson(anna.code, `192.0.2.${n}`)
    const post = (body: SubmitReferral) =>
      test.request('POST', `/embed/referrals?key=${world.publishableKey}`, { body, headers: from })
    const input = { code: anna.code, ...someone('Friend'), formToken: drawn() }
    test.clock.advance(5 * second)
    const asked = await post(input)
    expect([asked.status, await asked.json()]).toMatchObject([
      429,
      { code: 'proof_needed', proof: { bits: proofBits } },
    ])
    expect((await post(withProof(input))).status).toBe(201)

    const form = await pageOf(await test.app.request(`/r/${anna.code}`))
    const { name, email } = someone('Friend')
    const body = () => new URLSearchParams({ name, email, formToken: form.token })
    test.clock.advance(5 * second)
    const wait = await pageOf(await test.app.request(`/r/${anna.code}`, { method: 'POST', body: body() }))
    expect([wait.status, wait.token]).toEqual([429, form.token])
    expect(noticeOf(wait.html)).toMatch(/Wait a few seconds, then send it again\. Your details are still here\./)
    test.clock.advance(5 * second)
    expect((await test.app.request(`/r/${anna.code}`, { method: 'POST', body: body() })).status).toBe(303)
    expect(await refusedAs(send({ ...input, code: 'NOBODYS' }, '192.0.2.99'))).toBe(refusal('code_unknown').code)
  })
})
