import { type Endpoint, endpoints, scopes } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { flagDuplicate } from '../src/modules/people/contacts/duplicates.ts'
import { createFriendLink } from '../src/modules/program/referrals/friendLinks.ts'
import { eraseFriend } from '../src/modules/surfaces/hosted/friendPage.ts'
import { newAddressToken } from '../src/modules/surfaces/portal/account.ts'
import { modules } from '../src/modules.ts'
import { transaction } from '../src/shared/context.ts'
import { createTestApp, type TestApp } from './app.ts'
import { unaudited } from './audit.unaudited.ts'
import { callDeliveryWrites } from './auditedDeliveries.ts'
import { callEarningWrites } from './earningWrites.ts'
import { friendForm } from './friendForm.ts'
import { createWorld, stranger, type World } from './harness.ts'
import { identityOf } from './identity.ts'
import { callJobWrites } from './organizations.jobs.ts'
import { portalOver } from './portal.ts'

const writes = Object.entries(endpoints).flatMap(([group, verbs]) =>
  Object.entries(verbs as Record<string, Endpoint>)
    .filter(([, endpoint]) => endpoint.method !== 'GET')
    .map(([verb, endpoint]): [string, Endpoint] => [`${group}.${verb}`, endpoint]),
)

/** A PNG of one pixel. */
const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

let test: TestApp
let world: World
let cookie: string

beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
  cookie = await test.signIn(world.owner.personId)
})
afterAll(() => test.close())

const change = (statement: SQL) => test.services.database.write((tx) => tx.run(statement))

const idOf = async (query: SQL) => (await test.services.database.read.all<[string]>(query))[0]?.[0] ?? ''

const entries = async () =>
  (await test.services.database.read.all<[number]>(sql`SELECT count(*) FROM audit_entries`))[0]?.[0] ?? 0

it('every write of the API creates an audit entry with a label of its module, or is listed with the reason why not', async () => {
  const seen = new Set<string>()
  const silent: string[] = []
  /** Calls an endpoint as the owner, or with a portal's cookie, and expects at least one more entry. */
  async function call<T = { id: string }>(
    name: string,
    given: { at?: Record<string, string>; body?: unknown; as?: string } = {},
  ) {
    const endpoint = writes.find(([known]) => known === name)?.[1]
    if (!endpoint) throw new Error(`There is no endpoint ${name}.`)
    const path = Object.entries(given.at ?? {}).reduce(
      (all, [key, value]) => all.replace(`:${key}`, value),
      endpoint.path,
    )
    const before = await entries()
    const response = await test.request(endpoint.method, path, {
      as: given.as ?? cookie,
      ...(given.body === undefined ? {} : { body: given.body }),
    })
    const text = await response.text()
    expect(`${name} ${response.status} ${response.ok ? '' : text}`).toBe(`${name} ${endpoint.status} `)
    if ((await entries()) === before) silent.push(name)
    seen.add(name)
    return (text === '' ? {} : JSON.parse(text)) as T
  }
  const at = (id: string) => ({ at: { id } })

  // Settings.
  await call('organization.update', { body: { tagline: 'Plumbing since 1952' } })
  await call('organization.setLogo', { body: { image: onePixel } })
  await call('organization.removeLogo')
  const member = await call('members.invite', {
    body: { name: 'Sam Lee', email: 'sam@members.example', role: 'staff' },
  })
  await call('members.resend', at(member.id))
  const invited = { name: 'Lou Reyes', role: 'staff' }
  let joined = ''
  for (const [verb, email] of [
    ['session.accept', 'lou@members.example'],
    ['session.decline', 'lou.other@members.example'],
  ] as const) {
    const { id } = await call('members.invite', { body: { ...invited, email } })
    const [row] = await test.services.database.read.all<[string]>(sql`SELECT person_id FROM members WHERE id = ${id}`)
    await call(verb, { ...at(id), as: await test.signIn(row?.[0] ?? '') })
    if (verb === 'session.accept') joined = id
  }
  await call('members.update', { ...at(member.id), body: { role: 'admin' } })
  await call('members.remove', at(member.id))
  await call('members.remove', at(joined))
  await call('members.invite', { body: { ...invited, email: 'lou@members.example' } })
  const key = await call<{ key: { id: string } } & { id: string }>('keys.create', {
    body: { kind: 'secret', name: 'Server', scopes: [...scopes] },
  })
  const rotated = await call('keys.rotate', { ...at(key.id), body: { overlap: 'none' } })
  await call('keys.revoke', at(rotated.id))
  const site = await call('sites.add', { body: { origin: 'https://harbor.example' } })
  await call('sites.remove', at(site.id))
  const words = { template: 'reward_earned', channel: 'email' }
  await call('messageTemplates.save', { body: { ...words, subject: 'Yours', body: 'Hi {{link}}' } })
  await call('messageTemplates.reset', { body: words })

  // Webhooks.
  const hook = await call('webhookEndpoints.add', { body: { url: 'https://hooks.example/in' } })
  await call('webhookEndpoints.update', { ...at(hook.id), body: { description: 'Orders' } })
  await call('webhookEndpoints.rotate', at(hook.id))
  const delivery = await call('webhookEndpoints.test', at(hook.id))
  await call('webhookDeliveries.replay', at(delivery.id))
  await change(sql`UPDATE webhook_deliveries SET state = 'failed' WHERE id = ${delivery.id}`)
  await call('webhookEndpoints.replayFailed', { ...at(hook.id), body: {} })
  await call('webhookEndpoints.disable', at(hook.id))
  await call('webhookEndpoints.enable', at(hook.id))
  await call('webhookEndpoints.remove', at(hook.id))
  await callJobWrites(world.ctx, call)
  await callEarningWrites(world, call)
  // Campaigns and advocates.
  const terms = (await world.campaign()).terms
  const campaign = await call('campaigns.create', {
    body: { name: 'Spring', friendOffer: 'your first visit', terms: { ...terms, approval: 'staff' } },
  })
  await call('campaigns.update', { ...at(campaign.id), body: { termsVersion: 1, name: 'Spring 2026' } })
  await call('campaigns.update', {
    ...at(campaign.id),
    body: { termsVersion: 1, enrollment: 'identified', terms: { ...terms, approval: 'staff', holdDays: 2 } },
  })
  const copy = await call('campaigns.duplicate', at(campaign.id))
  await call('campaigns.archive', at(copy.id))
  await call('campaigns.restore', at(copy.id))
  const anna = await call<{ id: string; contactId: string; email: string | null }>('advocates.invite', {
    body: { campaignId: campaign.id, ...stranger('Anna Kowalski') },
  })
  await call('advocates.resend', at(anna.id))
  await call('advocates.changeCode', { ...at(anna.id), body: { code: 'ANNAROCKS' } })
  await call('advocates.changeExceptions', { ...at(anna.id), body: { exceptions: { holdDays: 3 } } })
  await call('advocates.changeExceptions', { ...at(anna.id), body: { exceptions: null } })
  await call('advocates.archive', at(anna.id))
  await call('advocates.restore', at(anna.id))
  await call('advocates.bulk', { body: { campaignId: campaign.id, people: [stranger('Gail Ono')], notify: false } })

  // Referrals.
  const refer = (friend = stranger()) => call('referrals.create', { body: { advocateId: anna.id, friend } })
  const first = await refer()
  await call('referrals.accept', { ...at(first.id), body: {} })
  await call('referrals.unaccept', at(first.id))
  await call('referrals.assign', { ...at(first.id), body: { memberId: world.owner.id } })
  const note = await call('referrals.addNote', { ...at(first.id), body: { text: 'Prefers mornings' } })
  await call('referrals.deleteNote', { at: { id: first.id, noteId: note.id } })
  await call('referrals.decline', { ...at(first.id), body: { reason: 'No answer' } })
  await call('referrals.reopen', { ...at(first.id), body: { reason: 'They called back' } })
  await change(sql`UPDATE referrals SET flags = '["velocity"]' WHERE id = ${first.id}`)
  await call('referrals.clearFlags', at(first.id))
  const unnamed = await call('referrals.create', { body: { campaignId: campaign.id, advocateNamed: 'Anna' } })
  await call('referrals.nameFriend', { ...at(unnamed.id), body: stranger('Lee Wong') })
  await call('referrals.attribute', { ...at(unnamed.id), body: { advocateId: anna.id } })
  await call('referrals.bulk', { body: { ids: [unnamed.id], action: 'accept' } })
  await call('referrals.delete', { ...at(unnamed.id), body: { reason: 'Entered twice' } })
  await call('referrals.convert', { ...at(first.id), body: { jobValue: 100_000 } })
  await call('referrals.reverse', { ...at(first.id), body: { reason: 'Refunded' } })

  // Rewards and credit.
  const second = await refer()
  await call('referrals.convert', { ...at(second.id), body: { jobValue: 100_000 } })
  const waiting = await rewardsOf(second.id)
  await call('rewards.refuse', { body: { ids: [waiting.advocate], reason: 'Wrong terms' } })
  await call('rewards.reinstate', { ...at(waiting.advocate), body: { reason: 'A mistake' } })
  await call('rewards.approve', { body: { ids: [waiting.advocate, waiting.friend] } })
  await call('credit.adjust', { ...at(anna.contactId), body: { amount: 9_000, note: 'Thank you' } })
  await call('credit.redeem', { ...at(anna.contactId), body: { amount: 100, note: 'Invoice 8' } })
  const custom = await call('campaigns.create', {
    body: {
      name: 'Cake',
      friendOffer: 'your first visit',
      terms: { ...terms, advocate: { kind: 'custom', text: 'A cake' } },
    },
  })
  const baker = await call<{ id: string; contactId: string; code: string }>('advocates.invite', {
    body: { campaignId: custom.id, ...stranger('Bea Baker') },
  })
  const cake = await call('referrals.create', { body: { advocateId: baker.id, friend: stranger() } })
  await call('referrals.convert', { ...at(cake.id), body: { jobValue: 100 } })
  await call('rewards.fulfill', at((await rewardsOf(cake.id)).advocate))
  const codes = { kind: 'discount_code', discount: { type: 'percent', basisPoints: 1_000 }, source: 'pool' }
  const pool = await call('campaigns.create', {
    body: { name: 'Codes', friendOffer: 'your first visit', terms: { ...terms, friend: codes } },
  })
  await call('discountCodes.upload', { ...at(pool.id), body: { codes: ['SPRING-1'] } })

  await callDeliveryWrites(world, call, { rewardsOf, change })

  // Anna's portal.
  const portal = portalOver(() => test.app)
  const before = await entries()
  const own = await portal.signIn(world, anna.contactId)
  expect(await entries()).toBeGreaterThan(before)
  seen.add('portal.open')
  const use = { amount: 100, use: 'next_invoice', organizationId: world.organization.id }
  const asked = await call('portal.useCredit', { as: own, body: use })
  await call('portal.withdrawRequest', { ...at(asked.id), as: own, body: { organizationId: world.organization.id } })
  await call('creditRequests.complete', {
    ...at((await call('portal.useCredit', { as: own, body: use })).id),
    body: { note: 'Invoice 9' },
  })
  await call('creditRequests.refuse', {
    ...at((await call('portal.useCredit', { as: own, body: use })).id),
    body: { answer: 'Not yet' },
  })
  await call('portal.updateAccount', { as: own, body: { organizationId: world.organization.id, name: 'Anna K.' } })

  // Contacts.
  await call('contacts.update', { ...at(anna.contactId), body: { name: 'Anna Kowalski' } })
  const contact = await call<{ addresses: { id: string; value: string }[] }>('contacts.addAddress', {
    ...at(anna.contactId),
    body: { kind: 'email', value: 'anna.second@mail.example' },
  })
  const addressId = contact.addresses.find(({ value }) => value === 'anna.second@mail.example')?.id ?? ''
  await call('contacts.removeAddress', { ...at(anna.contactId), body: { addressId } })
  const there = await createWorld(test.services, 'Bayside Plumbing')
  const again = await there.advocate((await there.campaign()).id, { name: 'Anna', email: anna.email ?? '' })
  await portal.signIn(there, again.contactId)
  await call('portal.switch', {
    as: await portal.signIn(world, anna.contactId),
    body: { organizationId: there.organization.id },
  })
  const link = { organizationId: world.organization.id, contactId: anna.contactId, kind: 'email' } as const
  const token = newAddressToken(test.services, { ...link, value: 'anna.third@mail.example' })
  const { addresses } = await call<typeof contact>('portal.confirmAddress', { as: own, body: { token } })
  const third = addresses.find(({ value }) => value === 'anna.third@mail.example')?.id ?? ''
  await call('portal.removeAddress', { ...at(third), as: own, body: { organizationId: world.organization.id } })
  const { form, send } = friendForm(test, world)
  await send(form('ANNAROCKS'))
  const typed = await idOf(sql`SELECT id FROM referrals WHERE source = 'widget'`)
  const friend = await detailOf(typed)
  const [unproven, other] = (await contactOf(friend.friend.contactId)).addresses
  // Linked to the friend by the other address alone, which they lose when the first is confirmed.
  await send(form(baker.code, { email: undefined, phone: other?.value }))
  await call('contacts.confirmAddress', { ...at(friend.friend.contactId), body: { addressId: unproven?.id } })

  await transaction(world.ctx, (tx) => flagDuplicate(tx, [anna.contactId, baker.contactId], 'same_canonical_email'))
  await call('contacts.dismissDuplicate', { ...at(anna.contactId), body: { otherId: baker.contactId } })

  const website = await identityOf(test, world)
  await website.view(await website.sign({ email: 'joining@mail.example' }), { campaign: campaign.id })

  // Imports and archives.
  const text = 'name,email\nOmar Diaz,omar@mail.example'
  const csv = { kind: 'advocates', campaignId: campaign.id, text, fileName: 'a.csv' }
  const imported = await call('imports.run', { body: csv })
  await call('imports.undo', at(imported.id))
  const balances = { ...csv, kind: 'opening_balances', text: 'name,email,amount\nEve Long,eve@mail.example,12.00' }
  await call('imports.undo', at((await call('imports.run', { body: balances })).id))
  await (await test.request('GET', '/v1/organization/archive', { as: cookie })).arrayBuffer()
  const messageId = await idOf(sql`SELECT id FROM messages WHERE organization_id = ${world.organization.id} LIMIT 1`)
  await change(sql`UPDATE messages SET state = 'failed' WHERE id = ${messageId}`)
  await call('messages.retry', at(messageId))
  await call('contacts.merge', { ...at(anna.contactId), body: { otherId: baker.contactId, confirm: [] } })
  await eraseFriend(test.services, await createFriendLink(world.ctx, typed))
  await call('contacts.erase', { ...at(friend.friend.contactId), body: { name: friend.friend.name } })
  await call('portal.erase', {
    as: await portal.signIn(world, anna.contactId),
    body: { organizationId: world.organization.id, confirm: 'ERASE' },
  })
  await call('organization.create', {
    body: { name: 'Bayside', currency: 'USD', timeZone: 'Europe/Berlin', country: 'DE' },
  })

  expect(silent).toEqual([])
  const written = await test.services.database.read.all<[string]>(sql`SELECT DISTINCT action FROM audit_entries`)
  const described = modules.flatMap(({ auditWords }) => Object.keys(auditWords?.actions ?? {}))
  expect(described.sort()).toEqual(written.map(([action]) => action).sort())
  expect(
    writes
      .map(([name]) => name)
      .filter((name) => !(name in unaudited))
      .sort(),
  ).toEqual([...seen].sort())

  async function detailOf(referralId: string) {
    const response = await test.request('GET', `/v1/referrals/${referralId}`, { as: cookie })
    return (await response.json()) as {
      rewards: { id: string; side: 'advocate' | 'friend' }[]
      friend: { contactId: string; name: string }
    }
  }
  async function contactOf(id: string) {
    const response = await test.request('GET', `/v1/contacts/${id}`, { as: cookie })
    return (await response.json()) as {
      addresses: { id: string; value: string }[]
    }
  }
  async function rewardsOf(referralId: string) {
    const { rewards } = await detailOf(referralId)
    const idOf = (side: string) => rewards.find((reward) => reward.side === side)?.id ?? ''
    return { advocate: idOf('advocate'), friend: idOf('friend') }
  }
})
