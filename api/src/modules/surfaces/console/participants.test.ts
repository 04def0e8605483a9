import { AdvocateQuery, ConvertReferral } from '@goodword/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anotherWorld, createTestServices, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { rebuildProjections } from '../../../projections.ts'
import { verify } from '../../../verify.ts'
import { earnedByAdvocates } from '../../program/advocates/advocates.projections.ts'
import { convertReferral } from '../../program/conversions/conversions.ts'
import { reverseConversion } from '../../program/conversions/reversal.ts'
import { invitations } from '../../program/invitations/invitations.table.ts'
import { countVisit, flushVisits } from '../embed/visits.ts'
import { listAdvocates } from './advocates.queries.ts'

let test: TestServices
let world: World
let campaignId: string
beforeAll(async () => {
  test = await createTestServices()
})
afterAll(async () => {
  expect(await verify(test.services.database.read)).toEqual([])
  await test.close()
})
beforeEach(async () => {
  world = await anotherWorld(test.services)
  const fixed = (amount: number) => ({ type: 'fixed', amount }) as const
  const tiers = [{ from: 3, value: fixed(5_000) }]
  campaignId = (await world.campaign({ advocate: { kind: 'credit', value: fixed(2_500) }, tiers })).id
})

const list = async (query: object = {}) => (await listAdvocates(world.ctx, AdvocateQuery.parse(query))).items
const advocate = (name: string) => world.advocate(campaignId, stranger(name))
let friends = 0
async function close(advocateId: string) {
  friends += 1
  const { id } = await world.referral(advocateId, stranger(`Friend Number${friends}`))
  await convertReferral(world.ctx, id, ConvertReferral.parse({ jobValue: 10_000, notify: false }))
  return id
}
/** An ask as the sender of invitations leaves it. */
async function asked(to: { id: string; contactId: string }, state: 'sent' | 'opened') {
  test.clock.advance(60_000)
  const now = test.clock.now()
  await test.services.database.write(async (tx) => {
    await tx.insert(invitations).values({
      id: test.services.newId('invitation'),
      organizationId: world.organization.id,
      contactId: to.contactId,
      campaignId,
      kind: 'reminder',
      state,
      enrollmentId: to.id,
      channels: ['email'],
      sentAt: now,
      openedAt: state === 'opened' ? now : null,
      createdAt: now,
    })
  })
  return new Date(now).toISOString()
}

describe('the list of advocates', () => {
  it('says what each sent, closed and earned, and how far the next tier is', async () => {
    const dana = await advocate('Dana Whitfield')
    const [first] = [await close(dana.id), await close(dana.id), await close(dana.id)]
    await world.referral(dana.id, stranger('Leo Open'))
    expect((await list())[0]).toMatchObject({
      referrals: 4,
      converted: 3,
      earned: 10_000,
      sharedAt: null,
      lastAsk: null,
      tier: { last: 3, value: { amount: 5_000 }, next: null },
    })
    await reverseConversion(world.ctx, first, 'The job was refunded')
    expect((await list())[0]).toMatchObject({ converted: 2, earned: 7_500 })
    await test.services.database.write((tx) => rebuildProjections(tx, world.organization.id, [earnedByAdvocates]))
    expect((await list())[0]?.earned).toBe(7_500)
    const luis = await advocate('Luis Ferreira')
    expect((await list()).find(({ id }) => id === luis.id)).toMatchObject({
      earned: 0,
      tier: { value: { amount: 2_500 }, next: { more: 2, value: { amount: 5_000 } } },
    })
  })

  it('says when somebody first opened their link', async () => {
    const dana = await advocate('Dana Whitfield')
    const own = { id: dana.id, organizationId: world.organization.id }
    test.clock.set(Date.parse('2026-11-03T10:20:00Z'))
    countVisit(test.services, own, 'hosted')
    await flushVisits(test.services)
    test.clock.set(Date.parse('2026-11-05T10:20:00Z'))
    countVisit(test.services, own, 'widget')
    await flushVisits(test.services)
    expect((await list())[0]?.sharedAt).toBe('2026-11-03T10:15:00.000Z')
  })

  it('finds those who were asked last and have not opened it, the latest first, on whatever page', async () => {
    const [dana, luis, bao, marcus] = [
      await advocate('Dana Whitfield'),
      await advocate('Luis Ferreira'),
      await advocate('Bao Yilmaz'),
      await advocate('Marcus Tate'),
    ]
    await asked(dana, 'sent')
    await asked(luis, 'sent')
    await asked(bao, 'sent')
    await asked(bao, 'opened')
    const latest = await asked(dana, 'sent')
    const found = await list({ asked: 'not_opened' })
    expect(found.map(({ name }) => name)).toEqual(['Dana Whitfield', 'Luis Ferreira'])
    expect(found[0]?.lastAsk).toEqual({ at: latest, state: 'sent' })
    const page = await listAdvocates(world.ctx, AdvocateQuery.parse({ asked: 'not_opened', limit: 1 }))
    const next = { asked: 'not_opened', limit: 1, cursor: page.nextCursor }
    expect((await list(next)).map(({ name }) => name)).toEqual(['Luis Ferreira'])
    expect((await list({ asked: 'not_opened', q: 'Luis' })).map(({ name }) => name)).toEqual(['Luis Ferreira'])
    expect(await list({ asked: 'not_opened', q: 'Marcus' })).toEqual([])
    const inCampaign = await list({ asked: 'not_opened', campaignId })
    expect(inCampaign.map(({ name }) => name)).toEqual(['Dana Whitfield', 'Luis Ferreira'])
    const elsewhere = await world.campaign()
    expect(await list({ asked: 'not_opened', campaignId: elsewhere.id })).toEqual([])
    expect((await list({ q: 'Bao' }))[0]?.lastAsk?.state).toBe('opened')
    expect((await list({ q: 'Marcus' }))[0]?.id).toBe(marcus.id)
    const other = await anotherWorld(test.services)
    expect((await listAdvocates(other.ctx, AdvocateQuery.parse({ asked: 'not_opened' }))).items).toEqual([])
  })
})
