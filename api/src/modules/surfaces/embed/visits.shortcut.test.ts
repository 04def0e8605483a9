import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browser, createHostedWorld, type HostedWorld } from '../../../../test/hosted.ts'
import { startWithShortcuts, steadyHeaders } from '../../../../test/shortcuts.ts'
import { createKey, listKeys, revokeKey } from '../../platform/keys/keys.ts'
import { addSite, removeSite } from '../../platform/organizations/sites.ts'
import { archiveAdvocate } from '../../program/advocates/settings.ts'
import { termsOf } from '../../program/campaigns/campaigns.ts'
import { updateCampaign } from '../console/campaigns.ts'
import { flushActivity } from '../install/activity.ts'
import { flushVisits } from './visits.ts'

const origin = 'https://harborsons.example'
let world: HostedWorld
let server: Awaited<ReturnType<typeof startWithShortcuts>>
let siteId: string
beforeEach(async () => {
  world = await createHostedWorld()
  server = await startWithShortcuts({ ...world.services, config: { ...world.services.config, rateLimits: true } })
  siteId = (await addSite(world.world.ctx, { origin })).id
})
afterEach(async () => {
  await server.stop()
  await world.close()
})

type Change = { key?: string; code?: string; headers?: Record<string, string> }
const follow = ({ key = world.world.publishableKey, code = world.anna.code, headers }: Change = {}) =>
  server.request(`/embed/visits?code=${code}&v=1.2.0&key=${key}`, {
    method: 'POST',
    headers: { ...browser, origin, ...headers },
  })

/** Follows the link until it was accepted with everything recorded, so that the next visit need not be routed. */
async function followBefore(change?: Change) {
  await vi.waitFor(async () => expect((await follow(change)).wasRouted).toBe(false))
  await flushVisits(world.services)
  await flushActivity(world.services)
}

describe('a visit like one before', () => {
  it('is recorded without being routed, with the same answer', async () => {
    const first = await follow()
    await followBefore()
    const again = await follow()
    expect([first.wasRouted, again.wasRouted]).toEqual([true, false])
    expect([again.response.status, again.text]).toEqual([first.response.status, first.text])
    const left = (headers: Record<string, string>) => Number(/;r=(\d+);/.exec(headers.ratelimit ?? '')?.[1])
    const [before, after] = [steadyHeaders(first.response), steadyHeaders(again.response)]
    expect(left(after)).toBeLessThan(left(before))
    expect({ ...after, ratelimit: '' }).toEqual({ ...before, ratelimit: '' })
    expect(after['access-control-allow-origin']).toBe('*')
  })

  it('counts, and shows in the activity of the website', async () => {
    await followBefore()
    // A reload.
    await follow()
    await follow({ headers: { 'user-agent': `${browser['user-agent']} Another/1` } })
    await follow({ headers: { 'user-agent': 'WhatsApp/2.24 A' } })
    expect(await flushVisits(world.services)).toBe(1)
    expect(await flushActivity(world.services)).toBe(3)
    const rows = await world.services.database.read.all(
      sql`SELECT DISTINCT kind, origin, version, code, enrollment_id, outcome, mode FROM embed_events`,
    )
    expect(rows).toEqual([['visit', origin, '1.2.0', world.anna.code, world.anna.id, 'attributed', 'live']])
  })

  it("answers which of several codes exists, and with the campaign's own number of days", async () => {
    const { termsVersion } = world.campaign
    const terms = { ...(await termsOf(world.world.ctx, world.campaign.id, termsVersion)), linkDays: 30 }
    const codes = encodeURIComponent(`producthunt,${world.anna.code.toLowerCase()}`)
    await followBefore({ code: codes })
    const answers = { known: true, code: world.anna.code }
    expect(JSON.parse((await follow({ code: codes })).text)).toEqual(answers)
    await updateCampaign(world.world.ctx, world.campaign.id, { terms, termsVersion })
    expect(JSON.parse((await follow({ code: codes })).text)).toEqual({ ...answers, days: 30 })
    await followBefore({ code: codes })
    expect(JSON.parse((await follow({ code: codes })).text)).toEqual({ ...answers, days: 30 })
  })

  it('does not count with a test key', async () => {
    const { key } = await createKey(world.world.ctx, { kind: 'publishable', name: 'Test', mode: 'test', scopes: [] })
    await followBefore({ key })
    expect((await follow({ key })).wasRouted).toBe(false)
    expect(await flushVisits(world.services)).toBe(0)
    expect(await flushActivity(world.services)).toBe(1)
  })

  it('is checked anew from another website, with another key and through another link', async () => {
    await followBefore()
    const elsewhere = await follow({ headers: { origin: 'https://other.example' } })
    expect([elsewhere.wasRouted, elsewhere.response.status]).toEqual([true, 403])
    expect((await follow({ key: 'pk_unknown' })).response.status).toBe(401)
    expect((await follow({ code: 'ZZZZZZZ' })).text).toBe('{"known":false}')
  })

  it('is routed once a minute, so that the use of the key and the website are recorded', async () => {
    await followBefore()
    world.clock.advance(60_000)
    expect((await follow()).wasRouted).toBe(true)
    await vi.waitFor(async () => {
      const [row] = await world.services.database.read.all<[number, number]>(
        sql`SELECT (SELECT max(last_used_at) FROM keys), (SELECT last_seen_at FROM sites)`,
      )
      expect(row).toEqual([world.clock.now(), world.clock.now()])
    })
  })
})

describe('the very next visit', () => {
  it('is refused after its key was revoked', async () => {
    await followBefore()
    const { ctx } = world.world
    const { items } = await listKeys(ctx)
    for (const { id, kind } of items) if (kind === 'publishable') await revokeKey(ctx, id)
    expect((await follow()).response.status).toBe(401)
  })

  it('is refused after its website was removed', async () => {
    await followBefore()
    await removeSite(world.world.ctx, siteId)
    expect((await follow()).response.status).toBe(403)
  })

  it('is through an unknown link after its advocate was archived', async () => {
    await followBefore()
    await archiveAdvocate(world.world.ctx, world.anna.id)
    expect((await follow()).text).toBe('{"known":false}')
    expect(await flushVisits(world.services)).toBe(0)
  })
})
