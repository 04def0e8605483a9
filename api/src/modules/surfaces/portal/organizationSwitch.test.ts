import type { PortalAccount } from '@goodword/contracts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  anotherWorld,
  createTestServices,
  createWorld,
  stranger,
  type TestServices,
  type World,
} from '../../../../test/harness.ts'
import { advocateAt, codeOf, mailbox, portalOver, read } from '../../../../test/portal.ts'
import { createApp } from '../../../app.ts'
import { transaction } from '../../../shared/context.ts'
import { contactAddresses } from '../../people/contacts/contacts.table.ts'

let test: TestServices
let app: ReturnType<typeof createApp>
let harbor: World
let bayside: World

beforeAll(async () => {
  test = await createTestServices()
  app = createApp(test.services)
})
beforeEach(async () => {
  harbor = await anotherWorld(test.services)
  bayside = await anotherWorld(test.services, 'Bayside')
})
afterAll(() => test.close())

const { ask, signIn, homeOf } = portalOver(() => app)
const switchTo = (cookie: string, world: World) =>
  ask('POST', '/organization', cookie, { organizationId: world.organization.id })

describe('one person at two businesses', () => {
  async function annaAtBoth(scope: 'view' | 'full' = 'full') {
    const email = mailbox('anna')
    const here = await advocateAt(harbor, { name: 'Anna Kowalski', email })
    const there = await advocateAt(bayside, { name: 'Anna K.', email })
    return { email, here, there, session: () => signIn(harbor, here.contactId, scope) }
  }

  it('switches between them once the owner verified both addresses', async () => {
    const { there, session } = await annaAtBoth()
    await signIn(bayside, there.contactId)
    const cookie = await session()
    expect((await homeOf(cookie)).others).toEqual([{ id: bayside.organization.id, name: bayside.organization.name }])
    expect((await switchTo(cookie, bayside)).status).toBe(204)
    const home = await homeOf(cookie)
    expect(home.organization.name).toBe(bayside.organization.name)
    expect(home.others).toEqual([{ id: harbor.organization.id, name: harbor.organization.name }])
    expect((await switchTo(cookie, harbor)).status).toBe(204)
    expect((await homeOf(cookie)).organization.name).toBe(harbor.organization.name)
  })

  it("can't switch to a business whose staff merely entered the same address", async () => {
    const { session } = await annaAtBoth()
    const cookie = await session()
    expect((await homeOf(cookie)).others).toEqual([])
    expect((await switchTo(cookie, bayside)).status).toBe(404)
    expect((await homeOf(cookie)).organization.name).toBe(harbor.organization.name)
  })

  it("can't switch to a contact for whom a stranger typed the address", async () => {
    const { email, session } = await annaAtBoth()
    const third = await createWorld(test.services, `Third ${mailbox('third')}`)
    const bob = await advocateAt(third, stranger('Bob Marsh'))
    await third.referral(bob.id, { name: 'Someone', email })
    await test.services.database.write((db) =>
      db
        .update(contactAddresses)
        .set({ proof: 'stranger' })
        .where(eq(contactAddresses.organizationId, third.organization.id)),
    )
    expect((await switchTo(await session(), third)).status).toBe(404)
  })

  it('may only view there if the link only allowed viewing here', async () => {
    const { there, session } = await annaAtBoth('view')
    await signIn(bayside, there.contactId)
    const cookie = await session()
    expect((await switchTo(cookie, bayside)).status).toBe(204)
    expect((await homeOf(cookie)).scope).toBe('view')
    expect((await ask('GET', '/account', cookie)).status).toBe(403)
  })

  it('is matched by the address the session was opened from, not by another of the same contact', async () => {
    const shared = mailbox('office')
    const here = await advocateAt(harbor, { name: 'Anna Kowalski', email: mailbox('anna'), phone: '+14155559001' })
    const there = await advocateAt(bayside, { name: 'Carla Diaz', email: shared })
    await signIn(bayside, there.contactId)
    await transaction(harbor.ctx, (tx) =>
      tx.db.insert(contactAddresses).values({
        id: tx.newId('contactAddress'),
        organizationId: tx.organizationId,
        contactId: here.contactId,
        kind: 'email',
        value: shared,
        canonical: shared,
        proof: 'staff',
        createdAt: tx.clock(),
      }),
    )
    const cookie = await signIn(harbor, here.contactId)
    expect((await homeOf(cookie)).others).toEqual([])
    expect((await switchTo(cookie, bayside)).status).toBe(404)
  })

  it("can't switch anymore once the address is removed from the other contact", async () => {
    const { there, session } = await annaAtBoth()
    await signIn(bayside, there.contactId)
    const cookie = await session()
    await test.services.database.write((db) =>
      db.delete(contactAddresses).where(eq(contactAddresses.contactId, there.contactId)),
    )
    expect((await switchTo(cookie, bayside)).status).toBe(404)
  })

  it("can't do at one business what was meant for the other", async () => {
    const { there, session } = await annaAtBoth()
    await signIn(bayside, there.contactId)
    const cookie = await session()
    await switchTo(cookie, bayside)
    const response = await ask('PATCH', '/account', cookie, { organizationId: harbor.organization.id, name: 'Nobody' })
    expect(await codeOf(response)).toBe('portal_moved')
    expect((await read<PortalAccount>(ask('GET', '/account', cookie))).name).toBe('Anna K.')
  })
})
