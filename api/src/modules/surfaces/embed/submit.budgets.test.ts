import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { prove } from '../../../../../widget/src/proof.ts'
import { friendForm, refusal } from '../../../../test/friendForm.ts'
import { anotherWorld, createTestServices, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { withProof } from '../../../../test/proof.ts'
import { clearFlags } from '../console/referrals.ts'
import { loadForm } from './form.ts'
import { isProof, proofBits } from './proof.ts'
import { submitReferral } from './submit.ts'
import { trafficAround } from './traffic.ts'

const minute = 60_000
let test: TestServices
let world: World
let friends: ReturnType<typeof friendForm>
let people = 0

beforeAll(async () => {
  test = await createTestServices({ rateLimits: true })
})
beforeEach(async () => {
  world = await anotherWorld(test.services)
  friends = friendForm(test, world)
})
afterAll(() => test.close())

/** Friends have names of their own. */
const someone = () => {
  people += 1
  return stranger(`Friend Number${people}`)
}
const form = (code: string, more = {}) => friends.form(code, { ...someone(), ...more })
const flags = async () => (await friends.referrals()).map((one) => one.flags)

/** A link through which ten friends came within the hour. */
async function busyLink() {
  const { anna, campaign } = await friends.campaignContext()
  for (let n = 0; n < 10; n += 1) await friends.send(form(anna.code))
  return { anna, campaign }
}

describe('the eleventh friend of a link within an hour', () => {
  it('is asked for a proof of work, taken with it, and flagged', async () => {
    const { anna } = await busyLink()
    const input = form(anna.code)
    await expect(friends.send(input)).rejects.toMatchObject({
      ...refusal('proof_needed', expect.stringMatching(/^Many people are sending this form right now\./)),
      facts: { proof: { bits: proofBits } },
    })
    await friends.send(withProof(input))
    expect((await flags()).slice(9)).toEqual([[], ['velocity']])
  })

  it('is taken without a proof when they send it again after a few seconds, and flagged for that too', async () => {
    const { anna } = await busyLink()
    const input = form(anna.code)
    await expect(friends.send(input)).rejects.toMatchObject(refusal('proof_needed'))
    test.clock.advance(4_999)
    await expect(friends.send(input)).rejects.toMatchObject(refusal('proof_needed'))
    test.clock.advance(1)
    await friends.send(input)
    expect((await flags()).at(-1)).toEqual(['velocity', 'no_proof'])
  })

  it('is taken at once and flagged from a page that is left, where nobody can be asked', async () => {
    const { anna } = await busyLink()
    await friends.send({ ...form(anna.code), leaving: true })
    expect((await flags()).at(-1)).toEqual(['velocity', 'no_proof'])
    // Whoever opens a form now finds the proof while they type.
    expect(await loadForm(friends.ctx, anna.code)).toMatchObject({ proofBits })
    await friends.send({ ...withProof(form(anna.code)), leaving: true })
    expect((await flags()).at(-1)).toEqual(['velocity'])
    const marcus = await world.advocate((await friends.campaignContext()).campaign.id, stranger('Marcus Tate'))
    await friends.send({ ...form(marcus.code), leaving: true })
    expect((await flags()).at(-1)).toEqual([])
  })

  it('finds it in a form that begins with the proof, once somebody was asked', async () => {
    const { anna, campaign } = await busyLink()
    expect(await loadForm(friends.ctx, anna.code)).not.toHaveProperty('proofBits')
    await expect(friends.send(form(anna.code))).rejects.toMatchObject(refusal('proof_needed'))
    expect(await loadForm(friends.ctx, anna.code.toLowerCase())).toMatchObject({ proofBits })
    const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
    expect(await loadForm(friends.ctx, marcus.code)).not.toHaveProperty('proofBits')
    test.clock.advance(61 * minute)
    expect(await loadForm(friends.ctx, anna.code)).not.toHaveProperty('proofBits')
    await friends.send(form(anna.code))
    expect((await flags()).at(-1)).toEqual([])
  })

  it('does not make another link wait', async () => {
    const { campaign } = await busyLink()
    const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
    await friends.send(form(marcus.code))
    expect((await flags()).at(-1)).toEqual([])
  })
})

describe('a proof of work', () => {
  it('counts for its own form and code only, and for one referral, however often it is sent at once', async () => {
    const { anna, campaign } = await busyLink()
    const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
    for (let n = 0; n < 10; n += 1) await friends.send(form(marcus.code))
    const proven = withProof(form(anna.code))
    const other = { ...form(marcus.code), proof: proven.proof }
    await expect(friends.send(other)).rejects.toMatchObject(refusal('proof_needed'))
    await expect(friends.send({ ...form(anna.code), proof: proven.proof })).rejects.toMatchObject(
      refusal('proof_needed'),
    )
    await expect(friends.send({ ...proven, code: marcus.code })).rejects.toMatchObject(refusal('proof_needed'))
    const before = (await friends.referrals()).length
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => friends.send(n % 2 === 0 ? proven : { ...proven, ...someone() })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(25)
    expect((await friends.referrals()).length).toBe(before + 1)
  })

  it('is what the widget finds', async () => {
    const input = { code: 'ANNA4K7', formToken: 'always the same' }
    const proof = (await prove(`${input.code}.${input.formToken}`, proofBits)) ?? undefined
    expect(isProof({ ...input, proof })).toBe(true)
    expect(isProof({ ...input, proof: (proof ?? 0) + 1, code: 'OTHER22' })).toBe(false)
    expect(isProof({ ...input, proof: undefined })).toBe(false)
  })

  it('expires with its form', async () => {
    const { anna } = await busyLink()
    const proven = withProof(form(anna.code))
    test.clock.advance(24 * 60 * minute)
    await expect(friends.send(proven)).rejects.toMatchObject(refusal('form_token_invalid'))
  })

  it("of another organization's form counts nowhere else", async () => {
    const { anna } = await busyLink()
    const elsewhere = friendForm(test, await anotherWorld(test.services))
    const proven = withProof(form(anna.code, { formToken: elsewhere.drawn() }))
    await expect(friends.send(proven)).rejects.toMatchObject(refusal('form_token_invalid'))
  })
})

/** As the widget does: with a proof where it is asked for. */
async function sendProven(input: ReturnType<typeof form>) {
  await friends.send(input).catch(async (error) => {
    expect(error).toMatchObject(refusal('proof_needed'))
    await friends.send(withProof(input))
  })
}

describe('flagged referrals', () => {
  it('leave room for friends: only those that nobody doubts use up the limit of an advocate', async () => {
    const { anna } = await friends.campaignContext({ liveReferralsMax: 12 })
    for (let n = 0; n < 20; n += 1) await sendProven(form(anna.code))
    // With the twentieth, the whole hour is a flood.
    expect((await flags()).every((one) => one.includes('velocity'))).toBe(true)
    test.clock.advance(61 * minute)
    for (let n = 0; n < 10; n += 1) await friends.send(form(anna.code))
    expect((await flags()).slice(20)).toEqual(Array.from({ length: 10 }, () => []))
  })

  it('count again once staff have cleared them', async () => {
    const { anna } = await friends.campaignContext({ liveReferralsMax: 2 })
    await friends.send(form(anna.code, { email: `a${people}@mailinator.com` }))
    await friends.send(form(anna.code))
    const [first] = await friends.referrals()
    expect(first?.flags).toEqual(['disposable_email'])
    await clearFlags(world.ctx, first?.id ?? '')
    await expect(friends.send(form(anna.code))).rejects.toMatchObject(refusal('referral_not_possible'))
  })

  it('that staff cleared during a flood stay cleared', async () => {
    const { anna } = await busyLink()
    const [first] = await friends.referrals()
    await test.services.database.write((tx) =>
      tx.run(`UPDATE referrals SET flags = '["same_network"]' WHERE id = '${first?.id}'`),
    )
    await clearFlags(world.ctx, first?.id ?? '')
    for (let n = 0; n < 10; n += 1) await sendProven(form(anna.code))
    expect((await flags()).map((one) => one.includes('velocity'))).toEqual([false, ...Array(19).fill(true)])
  })
})

it('a slow drip of thirty within a day is noticed as well', async () => {
  const { anna } = await friends.campaignContext()
  for (let n = 0; n < 30; n += 1) {
    await friends.send(form(anna.code))
    test.clock.advance(20 * minute)
  }
  await expect(friends.send(form(anna.code))).rejects.toMatchObject(refusal('proof_needed'))
})

it('friends of one office who use many links are asked for a proof after twenty, and not one of another place', async () => {
  const { campaign } = await friends.campaignContext()
  const office = { source: 'widget', address: '203.0.113.99' } as const
  for (let n = 0; n < 20; n += 1) {
    const { code } = await world.advocate(campaign.id, stranger(`Advocate Number${n}`))
    await submitReferral(friends.ctx, form(code), office)
  }
  const { code } = await world.advocate(campaign.id, stranger('Marcus Tate'))
  const input = form(code)
  await expect(submitReferral(friends.ctx, input, office)).rejects.toMatchObject(refusal('proof_needed'))
  await submitReferral(friends.ctx, withProof(input), office)
  expect((await flags()).at(-1)).toEqual(['network_velocity'])
  await submitReferral(friends.ctx, form(code), { source: 'widget', address: '203.0.113.98' })
  expect((await flags()).at(-1)).toEqual([])
})

describe('a form whose transaction fails', () => {
  it('uses up no budget, and none that is sent at the same time gets past it', async () => {
    const { anna } = await friends.campaignContext()
    const address = '203.0.113.200'
    const around = () => trafficAround({ ...test.services, organizationId: world.organization.id }, address)
    const visitor = { source: 'widget', address, arrival: { origin: null, version: null } } as const
    const { database } = test.services
    await database.write((tx) =>
      tx.run(sql`CREATE TRIGGER full BEFORE INSERT ON embed_events BEGIN SELECT RAISE(ABORT, 'full'); END`),
    )
    await expect(submitReferral(friends.ctx, form(anna.code), visitor)).rejects.toThrow()
    await database.write((tx) => tx.run(sql`DROP TRIGGER full`))
    expect(around()).toEqual({ networkHour: 0, blockHour: 0, organizationHour: 0 })
    expect(await friends.referrals()).toEqual([])
    const sent = await Promise.allSettled(
      Array.from({ length: 40 }, () => submitReferral(friends.ctx, form(anna.code), visitor)),
    )
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    expect(around()).toEqual({ networkHour: 10, blockHour: 0, organizationHour: 10 })
  })
})
