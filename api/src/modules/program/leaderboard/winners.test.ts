import { ConvertReferral, UpdateLeaderboardSettings } from '@goodword/contracts'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { anotherWorld, createTestServices, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { timedJobs } from '../../../jobs.ts'
import { transaction } from '../../../shared/context.ts'
import { updateContact } from '../../people/contacts/profile.ts'
import { changeLeaderboardChoice } from '../../people/contacts/selfService.ts'
import { getMessage, listMessages } from '../../platform/messages/messages.queries.ts'
import { convertReferral } from '../conversions/conversions.ts'
import { updateLeaderboardSettings } from './settings.ts'

let test: TestServices
let world: World
let friends = 0
beforeAll(async () => {
  test = await createTestServices()
})
afterAll(() => test.close())
beforeEach(async () => {
  test.clock.set(Date.parse('2026-11-16T18:00:00Z'))
  world = await anotherWorld(test.services)
})

async function people(...wanted: [name: string, closed: number, language?: 'de'][]) {
  const { id: campaignId } = await world.campaign()
  for (const [name, closed, language] of wanted) {
    const { id, contactId } = await world.advocate(campaignId, stranger(name))
    if (language) await updateContact(world.ctx, contactId, { language })
    await transaction(world.ctx, (tx) => changeLeaderboardChoice(tx, contactId, true))
    for (let n = 0; n < closed; n += 1) {
      friends += 1
      const referral = await world.referral(id, stranger(`Friend Number${friends}`))
      await convertReferral(world.ctx, referral.id, ConvertReferral.parse({ jobValue: 10_000, notify: false }))
    }
  }
}
const settings = (given: object) => updateLeaderboardSettings(world.ctx, UpdateLeaderboardSettings.parse(given))
const announce = async (at: string) => {
  test.clock.set(Date.parse(at))
  const job = timedJobs(test.services).find(({ name }) => name === 'winners of the month')
  while ((await job?.run()) ?? 0);
  const { items } = await listMessages(world.ctx, { limit: 100 })
  const mine = items.filter(({ template }) => template === 'leaderboard_winner')
  const whole = await Promise.all(mine.map(({ id }) => getMessage(world.ctx, id)))
  return whole.map(({ name, subject, body }) => ({ name, subject, body }))
}

it('everyone on the leaderboard hears once who was first in a month, at nine of the next morning, in their language', async () => {
  await people(['Dana Whitfield', 3], ['Luis Ferreira', 1, 'de'], ['Bao Yilmaz', 1])
  await settings({ isPublic: true, announcesWinner: true, slug: 'neighbors' })
  expect(await announce('2026-12-01T16:59:00Z')).toEqual([])
  const told = await announce('2026-12-01T17:00:00Z')
  expect(await announce('2026-12-20T17:00:00Z')).toEqual(told)
  const of = (name: string) => told.find((one) => one.name === name)
  const { name } = world.organization
  expect(told).toHaveLength(3)
  expect(of('Dana Whitfield')?.subject).toBe(`You came first at ${name} in November 2026`)
  expect(of('Dana Whitfield')?.body).toContain(
    `Nobody sent ${name} more friends in November 2026 than you: 3 friends booked.`,
  )
  expect(of('Bao Yilmaz')?.body).toContain(`Dana W. sent ${name} the most friends in November 2026: 3 friends booked.`)
  expect(of('Luis Ferreira')?.body).toContain(`Dana W. hat ${name} im November 2026 die meisten Freunde geschickt`)
  expect(of('Luis Ferreira')?.body).toContain('/l/neighbors')
  expect(await announce('2027-01-01T17:00:00Z')).toEqual(told)
})

it('nobody hears of a month before it was switched on, of a tie of many, of fewer than three, or of a page that is not public', async () => {
  await people(['Dana Whitfield', 1], ['Luis Ferreira', 1], ['Bao Yilmaz', 1], ['Walter Nguyen', 1])
  await settings({ isPublic: true, announcesWinner: true })
  expect(await announce('2026-12-01T18:00:00Z')).toEqual([])
  world = await anotherWorld(test.services)
  await people(['Dana Whitfield', 1], ['Luis Ferreira', 2])
  await settings({ isPublic: true, announcesWinner: true })
  expect(await announce('2027-01-01T18:00:00Z')).toEqual([])
  world = await anotherWorld(test.services)
  await people(['Dana Whitfield', 1], ['Luis Ferreira', 2], ['Bao Yilmaz', 1])
  await settings({ isPublic: false, announcesWinner: true })
  expect(await announce('2027-02-01T18:00:00Z')).toEqual([])
  test.clock.set(Date.parse('2027-02-02T18:00:00Z'))
  world = await anotherWorld(test.services)
  await people(['Dana Whitfield', 1], ['Luis Ferreira', 2], ['Bao Yilmaz', 1])
  test.clock.set(Date.parse('2027-03-02T18:00:00Z'))
  await settings({ isPublic: true, announcesWinner: true })
  expect(await announce('2027-03-02T19:00:00Z')).toEqual([])
})
