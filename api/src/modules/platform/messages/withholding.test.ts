import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deliverMessages } from '../../../../test/deliverMessages.ts'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { transaction } from '../../../shared/context.ts'
import { adjustCredit } from '../../money/rewards/credit.ts'
import { requestCredit } from '../../money/rewards/requests.ts'
import { addAddress, removeAddress } from '../../people/contacts/addresses.ts'
import { addressesOf } from '../../people/contacts/contacts.ts'
import { resendInvitation } from '../../program/advocates/advocates.ts'
import { archiveAdvocate, restoreAdvocate } from '../../program/advocates/settings.ts'
import { eraseContact } from '../../surfaces/person/erasing.ts'
import { removeMember } from '../members/changes.ts'
import { inviteMember, listMembers } from '../members/members.ts'
import { notifyAdmins } from '../webhooks/notices.ts'
import type { Delivery } from './delivery.ts'
import { messages } from './messages.table.ts'

let test: TestServices
let world: World
let campaignId: string
let dana: { contactId: string }

beforeAll(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
  campaignId = (await world.campaign()).id
  dana = await world.advocate(campaignId, stranger('Dana Cole'))
})
beforeEach(() => sendAll())
afterAll(() => test.close())

/** Sends everything due. Returns the addresses it was sent to. */
async function sendAll(): Promise<string[]> {
  const sent: string[] = []
  const delivery: Delivery = {
    leaves: () => true,
    close: () => undefined,
    async deliver({ to }) {
      sent.push(to)
      return 'sent'
    },
  }
  const makeLink = async () => 'https://x.example/#token=t'
  while ((await deliverMessages(test.services, { delivery, makeLink })) > 0);
  return sent
}
const rowsTo = (to: string) => test.services.database.read.select().from(messages).where(eq(messages.to, to))
const invite = (person: { name: string; email: string }) => inviteMember(world.ctx, { ...person, role: 'admin' })
const accept = (id: string) =>
  test.services.database.write((tx) =>
    tx.run(`UPDATE members SET accepted_at = ${test.clock.now()} WHERE id = '${id}'`),
  )
/** An advocate requests credit, and every member is notified. */
async function askForCredit({ ctx }: World, contactId: string) {
  await adjustCredit(ctx, contactId, { amount: 500, note: 'Thank you' })
  await requestCredit(ctx, { contactId, amount: 500, currency: 'USD', use: 'next_invoice', note: '' })
}
const hookOff = () =>
  transaction(world.ctx, (tx) => notifyAdmins(tx, { id: 'whe_1', url: 'https://hooks.example/in' }, 'failing'))

describe('a queued message to the team', () => {
  it('is not sent to a member who has been removed since', async () => {
    const sam = await invite({ name: 'Sam Lee', email: 'sam@members.example' })
    await accept(sam.id)
    await askForCredit(world, dana.contactId)
    await hookOff()
    await removeMember(world.ctx, sam.id)
    expect(await sendAll()).not.toContain('sam@members.example')
    const rows = await rowsTo('sam@members.example')
    expect(rows.map(({ template, state, error, attempts }) => [template, state, error, attempts])).toEqual([
      ['member_sign_in', 'suppressed', 'The membership or invitation has ended.', 0],
      ['credit_requested_staff', 'suppressed', 'This person is no longer a member.', 0],
      ['webhook_disabled_staff', 'suppressed', 'This person is no longer a member.', 0],
    ])
  })

  it('is sent to every current member', async () => {
    const kim = await invite({ name: 'Kim Park', email: 'kim@members.example' })
    await accept(kim.id)
    await askForCredit(world, dana.contactId)
    await hookOff()
    const sent = await sendAll()
    expect(sent.filter((to) => to === 'kim@members.example')).toHaveLength(3)
  })

  it('with a sign-in link is not sent after the invitation was canceled', async () => {
    const lou = await invite({ name: 'Lou Reyes', email: 'lou@members.example' })
    await removeMember(world.ctx, lou.id)
    expect(await sendAll()).not.toContain('lou@members.example')
    expect(await rowsTo('lou@members.example')).toMatchObject([
      { state: 'suppressed', error: 'The membership or invitation has ended.' },
    ])
  })

  it("about a disabled webhook is not sent to someone who hasn't accepted yet", async () => {
    await invite({ name: 'Ivy Stone', email: 'ivy@members.example' })
    await hookOff()
    expect((await sendAll()).filter((to) => to === 'ivy@members.example')).toHaveLength(1)
    expect((await rowsTo('ivy@members.example')).map(({ template }) => template)).toEqual(['member_sign_in'])
  })

  it('is sent for the organization where the person is still a member, and not for the one they were removed from', async () => {
    const other = await createWorld(test.services, 'Oak Street Dental')
    const pat = { name: 'Pat Kim', email: 'pat@members.example', role: 'staff' as const }
    const here = await inviteMember(world.ctx, pat)
    const there = await inviteMember(other.ctx, pat)
    await accept(here.id)
    await accept(there.id)
    await askForCredit(world, dana.contactId)
    const theirs = await other.advocate((await other.campaign()).id, stranger())
    await askForCredit(other, theirs.contactId)
    await removeMember(world.ctx, here.id)
    await sendAll()
    const asked = (await rowsTo(pat.email)).filter(({ template }) => template === 'credit_requested_staff')
    const states = asked.map(({ organizationId, state }) => [organizationId, state])
    expect(new Map(states as [string, string][])).toEqual(
      new Map([
        [world.organization.id, 'suppressed'],
        [other.organization.id, 'sent'],
      ]),
    )
    expect((await listMembers(other.ctx)).items.map(({ name }) => name)).toContain('Pat Kim')
  })
})

describe('a queued message to a contact', () => {
  it('is not sent to an address they no longer have', async () => {
    const anna = await world.advocate(campaignId, { name: 'Anna Kowalski', email: 'anna@old.example' })
    await sendAll()
    await resendInvitation(world.ctx, anna.id)
    await addAddress(world.ctx, anna.contactId, { kind: 'email', value: 'anna@new.example' })
    const [old] = await addressesOf(world.ctx, anna.contactId)
    await removeAddress(world.ctx, anna.contactId, old?.id ?? '')
    expect(await sendAll()).toEqual([])
    expect(await rowsTo('anna@old.example')).toMatchObject([
      { state: 'suppressed', error: 'This contact no longer has this address.' },
    ])
  })

  it('inviting them to share a link is not sent while the link is inactive, and is once it is active again', async () => {
    const bea = await world.advocate(campaignId, { name: 'Bea Baker', email: 'bea@mail.example' })
    await sendAll()
    await resendInvitation(world.ctx, bea.id)
    await archiveAdvocate(world.ctx, bea.id)
    expect(await sendAll()).toEqual([])
    expect((await rowsTo('bea@mail.example')).at(-1)).toMatchObject({
      state: 'suppressed',
      error: 'The advocate’s link is inactive.',
    })
    await restoreAdvocate(world.ctx, bea.id)
    await resendInvitation(world.ctx, bea.id)
    expect(await sendAll()).toEqual(['bea@mail.example'])
  })

  it("is not sent after they are erased, with a reason that doesn't mention them", async () => {
    const cy = await world.advocate(campaignId, { name: 'Cy Young', email: 'cy@mail.example' })
    await sendAll()
    await resendInvitation(world.ctx, cy.id)
    await eraseContact(world.ctx, cy.contactId, 'Cy Young')
    expect(await sendAll()).toEqual([])
    const rows = await test.services.database.read.select().from(messages).where(eq(messages.contactId, cy.contactId))
    expect(rows.at(-1)).toMatchObject({
      state: 'suppressed',
      error: 'The person it was for, or about, was erased.',
      to: '',
      body: 'Erased',
    })
  })
})
