import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type FriendForm, friendForm } from '../../../../test/friendForm.ts'
import { anotherWorld, createTestServices, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { createReferral, getReferral } from '../../program/referrals/referrals.ts'
import { updateCampaign } from '../console/campaigns.ts'

let test: TestServices
let world: World
let friend: FriendForm
beforeAll(async () => {
  test = await createTestServices()
})
beforeEach(async () => {
  world = await anotherWorld(test.services)
  friend = friendForm(test, world)
})
afterAll(() => test.close())

/** Runs both while writes are blocked, `first` first in the queue, and returns the result of `second`. */
async function inLine<T>(first: () => Promise<unknown>, second: () => Promise<T>): Promise<T> {
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const closed = world.ctx.database.write(() => gate)
  const [before, after] = [first(), second()]
  // Everything that is read before the write queue has been read by now.
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate)
  open()
  await Promise.all([closed, before])
  return after
}

it('a form submitted while the campaign ends is rejected as ended', async () => {
  const { anna, campaign } = await friend.campaignContext()
  const end = () => updateCampaign(world.ctx, campaign.id, { status: 'ended', termsVersion: 1 })
  const sent = inLine(end, () => friend.send(friend.form(anna.code, stranger())))
  await expect(sent).rejects.toMatchObject({ code: 'campaign_ended' })
  expect(await friend.referrals()).toEqual([])
})

it('a referral added while new terms are published gets the new ones', async () => {
  const { anna, campaign } = await friend.campaignContext()
  const terms = { ...campaign.terms, holdDays: 30 }
  const publish = () => updateCampaign(world.ctx, campaign.id, { terms, termsVersion: 1 })
  const { id } = await inLine(publish, () =>
    createReferral(world.ctx, { advocateId: anna.id, friend: stranger(), metadata: {} }),
  )
  expect((await getReferral(world.ctx, id)).termsVersion).toBe(2)
})
