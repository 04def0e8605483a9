import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices, type World } from '../../../../test/harness.ts'
import { balancesOfContact } from '../../money/ledger/ledger.ts'
import { archiveAdvocate, changeCode, changeExceptions, restoreAdvocate } from '../../surfaces/console/advocates.ts'
import { convertReferral } from '../../surfaces/console/referrals.ts'
import { loadForm } from '../../surfaces/embed/form.ts'
import { findByCode } from './advocates.ts'

describe('an advocate', () => {
  let test: TestServices
  let world: World
  let campaignId: string
  beforeAll(async () => {
    test = await createTestServices()
    world = await createWorld(test.services)
    campaignId = (await world.campaign()).id
  })
  afterAll(() => test.close())

  it('can have a custom code, and every previous code keeps working', async () => {
    const anna = await world.advocate(campaignId)
    const first = await changeCode(world.ctx, anna.id, 'anna-the plumber')
    expect(first).toMatchObject({ code: 'ANNATHEPLUMBER', codes: ['ANNATHEPLUMBER', anna.code] })
    await changeCode(world.ctx, anna.id, 'Anna26')
    for (const code of ['ANNATHEPLUMBER', 'anna26', anna.code])
      expect((await findByCode(test.services, code))?.id).toBe(anna.id)
    expect(await changeCode(world.ctx, anna.id, anna.code)).toMatchObject({ code: anna.code })
  })

  it('gets a free code suggested if another advocate has or had it, in any organization', async () => {
    const elsewhere = await createWorld(test.services, 'Bayside')
    const theirs = await elsewhere.advocate((await elsewhere.campaign()).id)
    await changeCode(elsewhere.ctx, theirs.id, 'PLUMB')
    await changeCode(elsewhere.ctx, theirs.id, 'PLUMB2')
    const anna = await world.advocate(campaignId)
    await expect(changeCode(world.ctx, anna.id, 'plumb')).rejects.toMatchObject({
      code: 'code_taken',
      message: 'PLUMB is taken. PLUMB3 is free.',
    })
  })

  it("gets a code that two request at the same time, and the other doesn't", async () => {
    const [one, two] = [await world.advocate(campaignId), await world.advocate(campaignId)]
    const done = await Promise.allSettled([one, two].map(({ id }) => changeCode(world.ctx, id, 'RACE')))
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('can earn by custom terms', async () => {
    const anna = await world.advocate(campaignId)
    await changeExceptions(world.ctx, anna.id, {
      advocate: { kind: 'credit', value: { type: 'fixed', amount: 7_500 } },
    })
    await convertReferral(world.ctx, (await world.referral(anna.id)).id, { jobValue: 100_000, notify: false })
    expect(await balancesOfContact(world.ctx, anna.contactId)).toMatchObject([{ available: 7_500 }])
    expect(await changeExceptions(world.ctx, anna.id, {})).toMatchObject({ exceptions: null })
  })

  it('can be deactivated: the link responds as unknown, and the credit stays', async () => {
    const anna = await world.advocate(campaignId)
    await convertReferral(world.ctx, (await world.referral(anna.id)).id, { jobValue: 100_000, notify: false })
    await archiveAdvocate(world.ctx, anna.id)
    expect((await loadForm(world.ctx, anna.code)).closed).toMatchObject({ code: 'code_unknown' })
    // 5% of $1,000.00 = $50.00
    expect(await balancesOfContact(world.ctx, anna.contactId)).toMatchObject([{ available: 5_000 }])
    expect(await restoreAdvocate(world.ctx, anna.id)).toMatchObject({ archivedAt: null })
    expect((await findByCode(test.services, anna.code))?.id).toBe(anna.id)
  })
})
