import { type Scope, scopes } from '@goodword/contracts'
import { createFriendLink } from '../src/modules/program/referrals/friendLinks.ts'
import type { TestApp } from './app.ts'
import { anotherWorld } from './harness.ts'
import { browser, pageOf } from './hosted.ts'
import { portalOver, read } from './portal.ts'

/**
 * Two advocates, and friends at every stage: converted, reversed, requesting credit, pending, referred by each other.
 */
export const roles = ['walter', 'vera', 'converted', 'reversed', 'stranger', 'second', 'third'] as const
export type RoleOf = (typeof roles)[number]
/** `canary` is a word of theirs that occurs nowhere else. */
export type Person = Record<'name' | 'email' | 'contactId' | 'referralId' | 'token' | 'canary', string>
export type ErasingPeople = Record<RoleOf, Person>

let runs = 0
/**
 * Creates a small business with seven people with the given names, all over HTTP. Each email address ends the next one,
 * so that a text search for one finds the others.
 */
export async function createPeople(test: TestApp, names: readonly string[]) {
  runs += 1
  const world = await anotherWorld(test.services)
  const campaign = await world.campaign({ holdDays: 14 })
  const key = await test.secretKey(world.ctx, [...scopes] as Scope[])
  const owner = await test.signIn(world.owner.personId)
  let writes = 0
  const call = async <T>(path: string, body: object): Promise<T> => {
    writes += 1
    const headers = { 'idempotency-key': `write ${writes}` }
    const response = await test.request('POST', path, { as: key, body, headers })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return read<T>(response)
  }
  const story = {} as ErasingPeople
  const run = runs
  const canaryOf = (role: RoleOf) => `canary-of-${role}-${run}-`
  const person = (role: RoleOf) => {
    const at = roles.indexOf(role)
    return { name: names[at] ?? 'Lee', email: `${'a'.repeat(at + 1)}@run${run}.example` }
  }
  type Referral = { id: string; friend: { contactId: string }; advocate: { id: string; code: string } }
  const keep = async (role: RoleOf, { id, friend }: Referral) => {
    const token = await createFriendLink(world.ctx, id)
    story[role] = { ...person(role), canary: canaryOf(role), contactId: friend.contactId, referralId: id, token }
  }
  const enroll = async (role: RoleOf) => {
    const made = await call<{ code: string; contactId: string }>('/v1/advocates', {
      campaignId: campaign.id,
      notify: true,
      ...person(role),
    })
    story[role] = { ...person(role), canary: canaryOf(role), contactId: made.contactId, referralId: '', token: '' }
    return made.code
  }
  const refer = async (role: RoleOf, code: string) => {
    const made = await call<Referral>('/v1/referrals', {
      code,
      friend: person(role),
      message: canaryOf(role),
      metadata: { note: canaryOf(role) },
    })
    await keep(role, made)
    return made.id
  }
  /** Submits the hosted page of a link, as a friend without an account does. */
  const submit = async (role: RoleOf, code: string) => {
    const { token } = await pageOf(await test.app.request(`/r/${code}`, { headers: browser }))
    test.clock.advance(5_000)
    const fields = new URLSearchParams({ ...person(role), message: canaryOf(role), formToken: token })
    await test.app.request(`/r/${code}`, { method: 'POST', body: fields, headers: browser })
    const list = await read<{ items: Referral[] }>(
      test.request('GET', '/v1/referrals?limit=1&sort=newest', { as: key }),
    )
    const [made] = list.items
    if (!made) throw new Error(`The form of ${role} was not taken.`)
    await keep(role, made)
    await call(`/v1/referrals/${made.id}/notes`, { text: canaryOf(role) })
  }
  const walter = await enroll('walter')
  const vera = await enroll('vera')
  const convertedId = await refer('converted', walter)
  await call(`/v1/referrals/${convertedId}/convert`, { jobValue: 100_000 })
  const reversedId = await refer('reversed', vera)
  await call(`/v1/referrals/${reversedId}/convert`, { jobValue: 50_000 })
  await call(`/v1/referrals/${reversedId}/reverse`, { reason: `They wrote: ${canaryOf('reversed')}` })
  const portal = portalOver(() => test.app)
  const cookie = await portal.signIn(world, story.converted.contactId)
  const asked = { amount: 500, currency: 'USD', use: 'next_invoice', note: canaryOf('converted') }
  await portal.ask('POST', '/credit-requests', cookie, asked, {
    'idempotency-key': 'mine',
    origin: test.services.config.publicUrl,
  })
  const [own] = await world.ctx.db.all<[string]>(
    `SELECT code FROM enrollments WHERE contact_id = '${story.converted.contactId}'`,
  )
  await submit('stranger', walter)
  await submit('second', vera)
  await submit('third', own?.[0] ?? '')
  return { world, story, owner, portal }
}
