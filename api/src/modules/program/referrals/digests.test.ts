import { expect, it } from 'vitest'
import { type FriendForm, friendForm } from '../../../../test/friendForm.ts'
import { stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { anotherWorldForEach } from '../../../../test/worlds.ts'
import { eraseContact } from '../../surfaces/person/erasing.ts'
import { sendDueDigests } from './digests.ts'

const minute = 60_000
let test: TestServices
let world: World
let friends: FriendForm
let people = 0
anotherWorldForEach((...given) => {
  ;[test, world] = given
  friends = friendForm(test, world)
})

async function comeThrough(code: string, howMany: number, more = {}) {
  for (let n = 0; n < howMany; n += 1) {
    people += 1
    await friends.send(friends.form(code, { ...stranger(`Friend Number${people}`), ...more }))
  }
}
const sent = async (template: string) =>
  test.services.database.read.all<[to: string, subject: string, body: string]>(
    `SELECT to_address, subject, body FROM messages WHERE organization_id = '${world.organization.id}'
      AND template = 'referral_${template}' ORDER BY created_at, id`,
  )
const howMany = async () => ({
  friends: (await sent('received_friend')).length,
  advocate: (await sent('received_advocate')).length,
  staff: (await sent('received_staff')).length,
  digests: (await sent('digest_staff')).length,
  advocateDigests: (await sent('digest_advocate')).length,
})

it('the eleventh to the fifty-eighth referral of an hour are one email to staff and one to the advocate', async () => {
  const { anna } = await friends.campaignContext()
  await comeThrough(anna.code, 58)
  const single = { friends: 10, advocate: 10, staff: 10 }
  expect(await howMany()).toEqual({ ...single, digests: 0, advocateDigests: 0 })
  expect(await sendDueDigests(test.services)).toBe(0)
  test.clock.advance(15 * minute)
  await sendDueDigests(test.services)
  expect(await howMany()).toEqual({ ...single, digests: 1, advocateDigests: 1 })
  const [[to, subject, body] = ['', '', '']] = await sent('digest_staff')
  expect([to, subject]).toEqual([world.owner.email, '48 more referrals by Anna: take a look'])
  expect(body).toContain(`/console/referrals?advocate=${anna.id}`)
  expect((await sent('digest_advocate'))[0]?.[2]).toContain('48 more people are interested in')
  await sendDueDigests(test.services)
  expect((await howMany()).digests).toBe(1)
})

it('a digest goes out once, however many processes find it due', async () => {
  const { anna } = await friends.campaignContext()
  await comeThrough(anna.code, 12)
  test.clock.advance(15 * minute)
  // Their clocks differ, so nothing but the row itself says that it was sent.
  const processes = Array.from({ length: 20 }, (_, late) => ({
    ...test.services,
    clock: () => test.clock.now() + late,
  }))
  await Promise.all(processes.map(sendDueDigests))
  expect(await howMany()).toMatchObject({ digests: 1, advocateDigests: 1 })
})

it('a flood that goes on is told about every two hours, and counts nothing twice', async () => {
  const { anna } = await friends.campaignContext()
  await comeThrough(anna.code, 15)
  test.clock.advance(15 * minute)
  await sendDueDigests(test.services)
  await comeThrough(anna.code, 7)
  test.clock.advance(60 * minute)
  await sendDueDigests(test.services)
  expect((await howMany()).digests).toBe(1)
  test.clock.advance(60 * minute)
  await sendDueDigests(test.services)
  expect((await sent('digest_staff')).map(([, subject]) => subject)).toEqual([
    '5 more referrals by Anna: take a look',
    '7 more referrals by Anna: take a look',
  ])
})

it('a mailbox gets three confirmations a day, whatever is typed around it and through however many links', async () => {
  const { campaign } = await friends.campaignContext()
  for (let n = 0; n < 6; n += 1) {
    const { code } = await world.advocate(campaign.id, stranger(`Advocate Number${n}`))
    await comeThrough(code, 1, { email: `vic.tim+${n}${world.organization.id}@gmail.com`, phone: undefined })
  }
  expect((await howMany()).friends).toBe(3)
  test.clock.advance(24 * 60 * minute)
  const { code } = await world.advocate(campaign.id, stranger('Advocate Another'))
  await comeThrough(code, 1, { email: 'victim@gmail.com', phone: undefined })
  expect((await howMany()).friends).toBe(4)
})

it('a digest still tells staff how many came after the advocate was erased, without a name', async () => {
  const { anna } = await friends.campaignContext()
  await comeThrough(anna.code, 12)
  await eraseContact(world.ctx, anna.contactId, 'Anna Kowalski')
  test.clock.advance(15 * minute)
  await sendDueDigests(test.services)
  const [[, subject] = ['', '']] = await sent('digest_staff')
  expect(subject).toBe(`2 more referrals for ${world.organization.name}: take a look`)
})
