import type { PortalAccount } from '@goodword/contracts'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { deliverMessages } from '../../../../test/deliverMessages.ts'
import { friendForm } from '../../../../test/friendForm.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'
import { portalOver, read } from '../../../../test/portal.ts'
import { eraseContact } from '../../surfaces/console/contacts.ts'
import { listReferrals } from '../../surfaces/console/referrals.queries.ts'
import { convertReferral } from '../../surfaces/console/referrals.ts'
import { messages } from './messages.table.ts'
import { applyUnsubscribeLink, unsubscribeUrl } from './unsubscribe.ts'

let test: TestApp
let world: World
let anna: Awaited<ReturnType<World['advocate']>>
let zelda: { name: string; email: string }
let rounds = 0
const portal = portalOver(() => test.app)

beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())
/** Zelda was a friend here once and was erased. */
beforeEach(async () => {
  rounds += 1
  world = await createWorld(test.services, `Harbor ${rounds}`)
  zelda = { name: 'Zelda Quill', email: `zelda${rounds}@mail.example` }
  const campaign = await world.campaign()
  anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  const before = await world.referral((await world.advocate(campaign.id)).id, zelda)
  await eraseContact(world.ctx, before.friend.contactId ?? '', zelda.name)
})

/** Delivers what is due. Returns the messages to Zelda that were sent, and those that weren't with the reason. */
async function toZelda() {
  const delivery = { leaves: () => true, close: () => undefined, deliver: async () => 'sent' as const }
  while ((await deliverMessages(test.services, { delivery, makeLink: async () => 'https://x.example' })) > 0);
  const all = await test.services.database.read.select().from(messages)
  const hers = all.filter(({ to }) => to === zelda.email)
  return hers.map(({ template, state, error }) => (state === 'sent' ? template : `${template}: ${error}`))
}
const notAgain = 'This person was erased, and has not asked to hear of the program since.'

const friends = () => friendForm(test, world)
async function sendsTheForm() {
  const { drawn, send } = friends()
  await send({ code: anna.code, ...zelda, formToken: drawn() })
}

/** She submits the form through Anna's link, her job is converted, and she gets a link of her own. */
async function comesBack() {
  await sendsTheForm()
  const [referral] = (await listReferrals(world.ctx, { limit: 1, sort: 'newest' })).items
  const { friend } = await convertReferral(world.ctx, referral?.id ?? '', { jobValue: 50_000, notify: true })
  return friend.contactId ?? ''
}
/** Someone follows her new link, so there is an advocate message to send her. */
async function brings(contactId: string) {
  const [own] = await test.services.database.read.all<[string]>(
    `SELECT code FROM enrollments WHERE contact_id = '${contactId}'`,
  )
  const { form, send } = friends()
  await send(form(own?.[0] ?? ''))
}

it('an erased person who submits a form again gets replies and messages about their rewards', async () => {
  await comesBack()
  expect(await toZelda()).toEqual(['referral_received_friend', 'friend_welcome'])
})

it('they get advocate messages again once they turn them on', async () => {
  const contactId = await comesBack()
  await brings(contactId)
  expect(await toZelda()).toEqual([
    'referral_received_friend',
    'friend_welcome',
    `referral_received_advocate: ${notAgain}`,
  ])
  const cookie = await portal.signIn(world, contactId)
  expect(await read<PortalAccount>(portal.ask('GET', '/account', cookie))).toMatchObject({ notify: 'rewards' })
  const wish = { organizationId: world.organization.id, notify: 'all' }
  const changed = await read<PortalAccount>(portal.ask('PATCH', '/account', cookie, wish))
  expect(changed).toMatchObject({ notify: 'all' })
  await brings(contactId)
  expect((await toZelda()).at(-1)).toBe('referral_received_advocate')
})

it('an erased person who then unsubscribes gets no email at all', async () => {
  await comesBack()
  await toZelda()
  const [first] = (await test.services.database.read.select().from(messages)).filter(({ to }) => to === zelda.email)
  const token = decodeURIComponent(unsubscribeUrl(test.services, first?.id ?? '').split('/u/')[1] ?? '')
  expect(await applyUnsubscribeLink(test.services, token, true)).toMatchObject({ stopped: true })
  // A later erasure doesn't undo the unsubscribe.
  const [referral] = (await listReferrals(world.ctx, { limit: 1, sort: 'newest' })).items
  await eraseContact(world.ctx, referral?.friend.contactId ?? '', zelda.name)
  await sendsTheForm()
  expect(await toZelda()).toEqual(['referral_received_friend: This address asked for no more mail.'])
})
