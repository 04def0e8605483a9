import type { Invitation, Me, Member, SignedIn } from '@goodword/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cookieOf, createTestApp, type TestApp } from '../../../../test/app.ts'
import { anotherWorld, type World } from '../../../../test/harness.ts'
import { assignReferral } from '../../program/referrals/assignment.ts'
import { listAudit } from '../../surfaces/console/audit.queries.ts'
import { messages } from '../messages/messages.table.ts'
import { removeMember } from './changes.ts'
import { membersToNotify } from './notices.ts'
import { createMemberSignInToken } from './session.ts'

let test: TestApp
let harbor: World
let dental: World
let address: string
beforeAll(async () => {
  test = await createTestApp()
})
beforeEach(async () => {
  harbor = await anotherWorld(test.services, 'Harbor')
  dental = await anotherWorld(test.services, 'Dental')
  address = `sam.${test.services.newId('message').slice(-8)}@members.example`
})
afterAll(() => test.close())

const ownerOf = (world: World) => test.signIn(world.owner.personId)
const ask = (path: string, as: string, method = 'GET', body?: object) =>
  test.request(method, path, { as, ...(body ? { body } : {}) })
const read = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T

async function invite(world: World, name = 'Sam Lee', role = 'staff'): Promise<Member> {
  const response = await ask('/v1/members', await ownerOf(world), 'POST', { name, email: address, role })
  expect(response.status).toBe(201)
  return (await response.json()) as Member
}

/** Opens the link in the last email queued to the address. */
async function openLink(cookie?: string) {
  const queued = (await test.services.database.read.select().from(messages)).filter((one) => one.to === address).at(-1)
  const token = await createMemberSignInToken(test.services, queued?.personId ?? '', queued?.memberId)
  const headers = cookie === undefined ? {} : { cookie }
  const response = await test.request('POST', '/session', { body: { token }, headers })
  return { cookie: cookieOf(response), ...((await response.json()) as SignedIn) }
}

const respondTo = (invitation: Invitation | null, cookie: string, how: 'accept' | 'decline') =>
  ask(`/session/invitations/${invitation?.id}/${how}`, cookie, 'POST', {})

/** Invites a person, who signs in and accepts. */
async function join(world: World, name?: string): Promise<string> {
  await invite(world, name)
  const { cookie, invitation } = await openLink()
  expect((await respondTo(invitation, cookie, 'accept')).status).toBe(204)
  return cookie
}

describe('an invitation', () => {
  it('makes whoever opens its link and accepts a member of the organization that sent it', async () => {
    const invited = await invite(harbor)
    expect(invited).toMatchObject({ status: 'invited', lastSeenAt: null })
    const { cookie, invitation } = await openLink()
    expect(invitation).toEqual({
      id: invited.id,
      organization: { id: harbor.organization.id, name: harbor.organization.name },
      name: 'Sam Lee',
      role: 'staff',
    })
    expect((await ask('/v1/me', cookie)).status).toBe(401)
    expect(await read(ask('/session/invitations', cookie))).toEqual({ items: [invitation] })
    expect((await respondTo(invitation, cookie, 'accept')).status).toBe(204)
    expect(await read(ask('/v1/me', cookie))).toMatchObject({
      actor: { id: invited.id, name: 'Sam Lee' },
      organization: { id: harbor.organization.id },
      invitations: [],
    })
    expect((await respondTo(invitation, cookie, 'accept')).status).toBe(404)
    const trail = await listAudit(harbor.ctx, { limit: 5, subjectId: invited.id })
    expect(trail.items.map(({ action, actorName }) => [action, actorName])).toEqual([
      ['member.accepted', 'Sam Lee'],
      ['member.invited', 'Maya Ortiz'],
    ])
  })

  it('grants nothing before it is accepted: no access, notifications, assignments or ownership', async () => {
    const { id } = await invite(harbor, 'Sam Lee', 'owner')
    expect((await membersToNotify(harbor.ctx)).map(({ name }) => name)).toEqual(['Maya Ortiz'])
    const advocate = await harbor.advocate((await harbor.campaign()).id)
    const referral = await harbor.referral(advocate.id)
    await expect(assignReferral(harbor.ctx, referral.id, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(removeMember(harbor.ctx, harbor.owner.id)).rejects.toMatchObject({ code: 'last_owner' })
    const { cookie } = await openLink()
    const switching = ask('/v1/me/organization', cookie, 'POST', { organizationId: harbor.organization.id })
    expect((await switching).status).toBe(401)
  })

  it('can be declined, and is no longer listed', async () => {
    const { id } = await invite(harbor)
    const { cookie, invitation } = await openLink()
    expect((await respondTo(invitation, cookie, 'decline')).status).toBe(204)
    expect(await read(ask('/session/invitations', cookie))).toEqual({ items: [] })
    const { items } = await read<{ items: Member[] }>(ask('/v1/members', await ownerOf(harbor)))
    expect(items.map(({ name }) => name)).toEqual(['Maya Ortiz'])
    expect((await listAudit(harbor.ctx, { limit: 1, subjectId: id })).items[0]?.action).toBe('member.declined')
  })

  it('is canceled together with its links', async () => {
    const { id } = await invite(harbor)
    const { cookie } = await openLink()
    const [queued] = (await test.services.database.read.select().from(messages)).filter((one) => one.to === address)
    const token = await createMemberSignInToken(test.services, queued?.personId ?? '', id)
    expect((await ask(`/v1/members/${id}`, await ownerOf(harbor), 'DELETE')).status).toBe(204)
    expect(await read(ask('/session/invitations', cookie))).toEqual({ items: [] })
    expect((await test.request('POST', '/session', { body: { token } })).status).toBe(410)
    const { items } = await listAudit(harbor.ctx, { limit: 1, subjectId: id })
    expect(items[0]).toMatchObject({ action: 'member.invitation_canceled', subjectName: 'Sam Lee' })
  })

  it('can be sent again while it is pending, and requesting a sign-in link leads to it too', async () => {
    const { id } = await invite(harbor)
    const queued = async () =>
      (await test.services.database.read.select().from(messages)).filter((one) => one.to === address)
    expect((await ask(`/v1/members/${id}/resend`, await ownerOf(harbor), 'POST')).status).toBe(200)
    expect((await test.request('POST', '/session/links', { body: { email: address } })).status).toBe(202)
    const subject = `${harbor.organization.name} invited you to Goodword`
    expect(await queued()).toMatchObject([{ subject }, { subject }, { subject, memberId: id, organizationId: null }])
    expect((await openLink()).invitation?.id).toBe(id)
  })

  it("can't be accepted or declined by anyone else", async () => {
    const { id } = await invite(harbor)
    for (const cookie of [await ownerOf(harbor), await ownerOf(dental)])
      for (const how of ['accept', 'decline'])
        expect((await ask(`/session/invitations/${id}/${how}`, cookie, 'POST', {})).status).toBe(404)
    const key = await test.secretKey(harbor.ctx, ['settings:write'])
    expect((await ask(`/session/invitations/${id}/accept`, key, 'POST', {})).status).toBe(401)
    expect((await openLink()).invitation?.id).toBe(id)
  })
})

describe('a person who belongs to another organization', () => {
  it('is invited with the same response as a stranger, under the name this organization gave', async () => {
    await join(dental, 'Samuel Undisclosed')
    const known = await invite(harbor)
    address = `x${address}`
    const unknown = await invite(harbor)
    expect({ ...known, id: '', email: '' }).toEqual({ ...unknown, id: '', email: '' })
    const seen = await (await ask('/v1/members', await ownerOf(harbor))).text()
    expect(seen).not.toContain('Undisclosed')
    const email = (await test.services.database.read.select().from(messages)).at(-2)
    expect(JSON.stringify(email)).not.toMatch(/Undisclosed|Dental/)
  })

  it('joins without leaving theirs, and each organization uses its own name for them', async () => {
    await join(dental, 'Dr. Lee')
    await invite(harbor, 'Sam')
    const { cookie, invitation } = await openLink()
    expect(invitation?.organization.name).toBe(harbor.organization.name)
    const before = await read<Me>(ask('/v1/me', cookie))
    expect([before.organization.id, before.actor.name]).toEqual([dental.organization.id, 'Dr. Lee'])
    expect(before.organizations.map(({ id }) => id)).toEqual([dental.organization.id])
    expect(before.invitations).toEqual([invitation])
    expect((await respondTo(invitation, cookie, 'accept')).status).toBe(204)
    const after = await read<Me>(ask('/v1/me', cookie))
    expect([after.organization.id, after.actor.name]).toEqual([harbor.organization.id, 'Sam'])
    expect(after.organizations.map(({ id }) => id)).toEqual([dental.organization.id, harbor.organization.id])
  })

  it('stays in theirs when they decline or the invitation is canceled', async () => {
    const cookie = await join(dental)
    await invite(harbor)
    const opened = await openLink(cookie)
    expect((await respondTo(opened.invitation, opened.cookie, 'decline')).status).toBe(204)
    const again = await invite(harbor)
    expect((await ask(`/v1/members/${again.id}`, await ownerOf(harbor), 'DELETE')).status).toBe(204)
    const { organization } = await read<Me>(ask('/v1/me', opened.cookie))
    expect(organization.id).toBe(dental.organization.id)
  })

  it('signs in to the organization whose invitation they accept, whichever invited first', async () => {
    await invite(dental, 'Made-up Name')
    await invite(harbor)
    const { cookie, invitation } = await openLink()
    expect(invitation).toMatchObject({ name: 'Sam Lee', organization: { id: harbor.organization.id } })
    await respondTo(invitation, cookie, 'accept')
    const { organization, actor, invitations } = await read<Me>(ask('/v1/me', cookie))
    expect([organization.id, actor.name]).toEqual([harbor.organization.id, 'Sam Lee'])
    expect(invitations.map((one) => one.organization.id)).toEqual([dental.organization.id])
  })
})
