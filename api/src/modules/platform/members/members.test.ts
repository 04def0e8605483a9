import type { Me, Member, StaffSession } from '@goodword/contracts'
import { scopes } from '@goodword/contracts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, type World } from '../../../../test/harness.ts'
import { type Ctx, contextFor, transaction } from '../../../shared/context.ts'
import { listAudit } from '../../surfaces/console/audit.queries.ts'
import { addMember } from './admission.ts'
import { changeRole, removeMember } from './changes.ts'
import { members } from './members.table.ts'
import { inviteMember, listMembers } from './members.ts'
import { membersToNotify } from './notices.ts'
import { switchOrganization } from './session.ts'

let test: TestApp
let world: World
const opened: TestApp[] = []
beforeEach(async () => {
  test = await createTestApp()
  opened.push(test)
  world = await createWorld(test.services)
})
afterAll(() => Promise.all(opened.map((one) => one.close())))

type Role = 'owner' | 'admin' | 'staff'
const person = (role: Role, name = 'Sam Lee') => ({
  name,
  email: `${name.toLowerCase().replace(/\W/g, '.')}@members.example`,
  role,
})
/** A member who has accepted. */
const hire = (role: Role, name?: string, ctx = world.ctx): Promise<Member> =>
  transaction(ctx, (tx) => addMember(tx, person(role, name)))
const invite = (role: Role) => inviteMember(world.ctx, person(role))

async function personIdOf(member: Member): Promise<string> {
  const [row] = await test.services.database.read.select().from(members).where(eq(members.id, member.id))
  return row?.personId ?? ''
}

/** The context of a request made by a member. */
async function as(member: Member): Promise<Ctx> {
  const { id, role } = member
  return contextFor(test.services, world.organization.id, {
    type: 'member',
    id,
    personId: await personIdOf(member),
    role,
  })
}

const rolesNow = async () => (await listMembers(world.ctx)).items.map(({ name, role }) => `${name}: ${role}`)
const ask = (path: string, who: string, method = 'GET', body?: object) =>
  test.request(method, path, { as: who, ...(body ? { body } : {}) })

describe("a member's role", () => {
  it('is changed by owners and admins, and the audit trail shows the old and new role', async () => {
    const sam = await hire('staff')
    const admin = await as(await hire('admin', 'Ada Admin'))
    expect((await changeRole(admin, sam.id, { role: 'admin' })).role).toBe('admin')
    const { items } = await listAudit(world.ctx, { limit: 1, subjectId: sam.id })
    expect(items[0]).toMatchObject({
      action: 'member.role_changed',
      actorName: 'Ada Admin',
      subjectName: 'Sam Lee',
      data: { from: 'staff', to: 'admin' },
    })
  })

  it.each([
    ['staff can’t change anyone', 'staff', 'staff', 'admin'],
    ['an admin can’t change an owner', 'admin', 'owner', 'staff'],
    ['an admin can’t make anyone an owner', 'admin', 'staff', 'owner'],
  ] as const)('%s', async (_, actor, subject, role) => {
    const who = await as(await hire(actor, 'Ada Actor'))
    const whom = await hire(subject, 'Sue Subject')
    await expect(changeRole(who, whom.id, { role })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await rolesNow()).toContain(`Sue Subject: ${subject}`)
  })

  it("can't be changed by a key if the member is an owner", async () => {
    const key = await test.secretKey(world.ctx, [...scopes])
    const change = await ask(`/v1/members/${world.owner.id}`, key, 'PATCH', { role: 'staff' })
    expect(change.status).toBe(403)
    const remove = await ask(`/v1/members/${world.owner.id}`, key, 'DELETE')
    expect(remove.status).toBe(403)
  })

  it('has no effect once it was taken away, even for a request that began before', async () => {
    const ada = await hire('owner', 'Ada Owner')
    const before = await as(ada)
    await changeRole(world.ctx, ada.id, { role: 'staff' })
    const sam = await hire('staff')
    await expect(changeRole(before, sam.id, { role: 'owner' })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('the last owner', () => {
  it('can neither step down nor be removed', async () => {
    for (const attempt of [
      () => changeRole(world.ctx, world.owner.id, { role: 'admin' }),
      () => removeMember(world.ctx, world.owner.id),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'last_owner' })
    expect(await rolesNow()).toEqual(['Maya Ortiz: owner'])
  })

  const stepDown = (ctx: Ctx, id: string) => changeRole(ctx, id, { role: 'admin' })
  it.each([
    ['demote each other', stepDown, 'other'],
    ['step down', stepDown, 'own'],
    ['remove each other', removeMember, 'other'],
  ] as const)('remains even if two owners %s at the same time', async (_, change, whom) => {
    const ada = await hire('owner', 'Ada Owner')
    const [first, second] = [ada.id, world.owner.id]
    const ctx = await as(ada)
    const outcomes = await Promise.allSettled([
      change(ctx, whom === 'own' ? first : second),
      change(world.ctx, whom === 'own' ? second : first),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const owners = (await rolesNow()).filter((line) => line.endsWith('owner'))
    expect(owners).toHaveLength(1)
  })
})

describe('a removed member', () => {
  it('loses access immediately, gets no more notifications, and keeps their name in the audit trail', async () => {
    const sam = await hire('staff')
    const cookie = await test.signIn(await personIdOf(sam))
    expect((await ask('/v1/me', cookie)).status).toBe(200)
    await removeMember(world.ctx, sam.id)
    expect((await ask('/v1/me', cookie)).status).toBe(401)
    expect(await rolesNow()).toEqual(['Maya Ortiz: owner'])
    expect((await membersToNotify(world.ctx)).map(({ name }) => name)).toEqual(['Maya Ortiz'])
    const { items } = await listAudit(world.ctx, { limit: 1, subjectId: sam.id })
    expect(items[0]).toMatchObject({ action: 'member.removed', subjectName: 'Sam Lee' })
    await expect(removeMember(world.ctx, sam.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('keeps access to their other organization', async () => {
    const other = await createWorld(test.services, 'Other Company')
    const sam = await hire('staff')
    const elsewhere = await hire('admin', 'Sam Lee', other.ctx)
    const personId = await personIdOf(sam)
    const [switched, there, here] = [
      await test.signIn(personId, sam.id),
      await test.signIn(personId, elsewhere.id),
      await test.signIn(personId, sam.id),
    ]
    const move = await ask('/v1/me/organization', switched, 'POST', { organizationId: other.organization.id })
    expect(move.status).toBe(204)
    await removeMember(world.ctx, sam.id)
    expect((await ask('/v1/me', here)).status).toBe(401)
    for (const cookie of [switched, there]) {
      const me = (await (await ask('/v1/me', cookie)).json()) as Me
      expect([me.organization.id, me.organizations.length]).toEqual([other.organization.id, 1])
    }
    const session = { id: 'ses_x', personId, organizationId: other.organization.id }
    await expect(switchOrganization(test.services, session, world.organization.id)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('comes back under their old membership when they are invited again', async () => {
    const sam = await hire('admin')
    await removeMember(world.ctx, sam.id)
    const again = await invite('staff')
    expect(again).toMatchObject({ id: sam.id, role: 'staff', status: 'invited', lastSeenAt: null })
    await expect(invite('staff')).rejects.toMatchObject({ code: 'member_exists' })
    const { items } = await listAudit(world.ctx, { limit: 10, subjectId: sam.id })
    expect(items.map(({ action }) => action)).toEqual(['member.restored', 'member.removed', 'member.invited'])
  })
})

describe('a member', () => {
  it('is recorded as active on their first request, then every five minutes at most', async () => {
    const sam = await hire('staff')
    const seen = async () => {
      // Recorded outside the request: the next write waits for it.
      await test.services.database.write(async () => undefined)
      return (await listMembers(world.ctx)).items.find(({ id }) => id === sam.id)?.lastSeenAt
    }
    expect(await seen()).toBeNull()
    const cookie = await test.signIn(await personIdOf(sam))
    expect(await seen()).toBeNull()
    await ask('/v1/me', cookie)
    expect(await seen()).toBe('2026-06-01T16:00:00.000Z')
    test.clock.advance(299_000)
    await ask('/v1/me', cookie)
    expect(await seen()).toBe('2026-06-01T16:00:00.000Z')
    test.clock.advance(1_000)
    await ask('/v1/me', cookie)
    expect(await seen()).toBe('2026-06-01T16:05:00.000Z')
  })
})

describe("a member's sessions", () => {
  const listed = async (who: string) =>
    ((await (await ask('/v1/sessions', who)).json()) as { items: StaffSession[] }).items

  it('are listed for them alone, with the current browser marked', async () => {
    const sam = await personIdOf(await hire('staff'))
    const [first, second] = [await test.signIn(sam), await test.signIn(sam)]
    await test.signIn(world.owner.personId)
    expect((await listed(first)).map(({ current }) => current).sort()).toEqual([false, true])
    const mine = (await listed(second)).find(({ current }) => current)
    expect((await listed(first)).find(({ current }) => current)?.id).not.toBe(mine?.id)
  })

  it('are ended one by one, or all others at once', async () => {
    const sam = await personIdOf(await hire('staff'))
    const [first, second, third] = [await test.signIn(sam), await test.signIn(sam), await test.signIn(sam)]
    const other = (await listed(first)).find(({ current }) => !current)
    expect((await ask(`/v1/sessions/${other?.id}`, first, 'DELETE')).status).toBe(204)
    expect(await listed(first)).toHaveLength(2)
    const left = await ask('/v1/sessions/end-others', first, 'POST')
    expect(((await left.json()) as { items: StaffSession[] }).items.map(({ current }) => current)).toEqual([true])
    const statuses = [first, second, third].map(async (who) => (await ask('/v1/me', who)).status)
    expect(await Promise.all(statuses)).toEqual([200, 401, 401])
  })

  it("can't be ended by anyone else", async () => {
    const sam = await test.signIn(await personIdOf(await hire('staff')))
    const owner = await test.signIn(world.owner.personId)
    const [session] = await listed(sam)
    expect((await ask(`/v1/sessions/${session?.id}`, owner, 'DELETE')).status).toBe(404)
    expect((await ask('/v1/me', sam)).status).toBe(200)
    const key = await test.secretKey(world.ctx, [...scopes])
    expect(await listed(key)).toEqual([])
    expect((await ask('/v1/sessions/end-others', key, 'POST')).status).toBe(403)
  })
})
