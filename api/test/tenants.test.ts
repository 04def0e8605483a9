import { gunzipSync } from 'node:zlib'
import { type Endpoint, endpoints, type Scope, scopes } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestCredit } from '../src/modules/money/rewards/requests.ts'
import { listKeys } from '../src/modules/platform/keys/keys.ts'
import { listMessages } from '../src/modules/platform/messages/messages.queries.ts'
import { addSite, listSites } from '../src/modules/platform/organizations/sites.ts'
import { sendTestEvent } from '../src/modules/platform/webhooks/deliveries.ts'
import { addEndpoint } from '../src/modules/platform/webhooks/endpoints.ts'
import { convertReferral } from '../src/modules/surfaces/console/referrals.ts'
import { listRewards } from '../src/modules/surfaces/console/rewards.queries.ts'
import { runImport } from '../src/modules/surfaces/imports/imports.ts'
import { createTestApp, type TestApp } from './app.ts'
import { createWorld, type World } from './harness.ts'
import { addTheirJob } from './organizations.jobs.ts'

const canary = 'Zaphodia Canarywell'
const staffEndpoints: [string, Endpoint][] = Object.entries(endpoints)
  .flatMap(([group, verbs]) =>
    Object.entries(verbs).map(([verb, endpoint]): [string, Endpoint] => [`${group}.${verb}`, endpoint]),
  )
  .filter(([, endpoint]) => endpoint.access.by === 'staff')

/** A valid body for each write, so that only the organization can be the reason for a rejection. */
const bodies: Record<string, unknown> = {
  'imports.preview': { kind: 'advocates', campaignId: 'cam_00000000000000000000000000', text: 'name,email' },
  'imports.run': { kind: 'advocates', campaignId: 'cam_00000000000000000000000000', text: 'name,email' },
  'messageTemplates.save': { template: 'reward_earned', channel: 'email', subject: 'Yours', body: 'Hi' },
  'messageTemplates.reset': { template: 'reward_earned', channel: 'email' },
  'messageTemplates.preview': { template: 'reward_earned', channel: 'email', subject: 'Yours', body: 'Hi' },
  'messageTemplates.test': { template: 'reward_earned', channel: 'email', subject: 'Yours', body: 'Hi' },
  'me.switchOrganization': { organizationId: 'org_00000000000000000000000000' },
  'members.invite': { name: 'Sam Lee', email: 'sam@members.example', role: 'staff' },
  'members.update': { role: 'admin' },
  'organization.create': { name: 'Another', currency: 'USD', timeZone: 'Europe/Berlin', country: 'DE' },
  'organization.update': { name: 'Taken over' },
  'organization.setLogo': { image: 'AAAA' },
  'keys.rotate': { overlap: 'none' },
  'keys.create': { kind: 'secret', name: 'Another', scopes: ['referrals:read'] },
  'sites.add': { origin: 'https://another.example' },
  'webhookEndpoints.add': { url: 'https://another.example/hooks' },
  'webhookEndpoints.update': { description: 'Taken over' },
  'webhookEndpoints.replayFailed': {},
  'connections.create': { name: 'Another', kind: 'hmac' },
  'connections.update': { name: 'Taken over' },
  'connections.replaceSecret': {},
  'connections.setMapping': { mapping: { type: { is: 'always', type: 'job.completed' }, fields: {} } },
  'connections.preview': { kind: 'hmac', sample: '{}' },
  'jobs.holdBack': { dontAsk: true },
  'advocates.askMany': { ids: ['adv_00000000000000000000000000'] },
  'advocates.changeCode': { code: 'NOTMINE' },
  'advocates.changeExceptions': { exceptions: null },
  'advocates.preview': { campaignId: 'cam_00000000000000000000000000', text: 'Priya,priya@mail.example' },
  'advocates.bulk': { campaignId: 'cam_00000000000000000000000000', people: [{ name: 'Sam', email: 'sam@x.example' }] },
  'contacts.update': { name: 'Taken over' },
  'contacts.addAddress': { kind: 'email', value: 'mine@mail.example' },
  'contacts.confirmAddress': { addressId: 'adr_00000000000000000000000000' },
  'contacts.removeAddress': { addressId: 'adr_00000000000000000000000000' },
  'contacts.dismissDuplicate': { otherId: 'con_00000000000000000000000000' },
  'contacts.previewMerge': { otherId: 'con_00000000000000000000000000' },
  'contacts.merge': { otherId: 'con_00000000000000000000000000' },
  'contacts.erase': { name: 'Not mine' },
  'jobTodos.convert': { referralId: 'ref_00000000000000000000000000' },
  'jobTodos.settle': { refunded: 0 },
  'jobTodos.dismiss': {},
  'referrals.accept': {},
  'referrals.bulk': { ids: ['ref_00000000000000000000000000'], action: 'accept' },
  'referrals.reopen': { reason: 'Not mine' },
  'referrals.attribute': { code: 'NOTMINE' },
  'referrals.nameFriend': { name: 'Priya Shah', email: 'priya@mail.example' },
  'referrals.assign': { memberId: null },
  'referrals.addNote': { text: 'Not mine' },
  'referrals.delete': { reason: 'Not mine' },
  'referrals.decline': { reason: 'Not mine' },
  'referrals.convert': { jobValue: 100 },
  'referrals.reverse': { reason: 'Not mine' },
  'rewards.approve': { ids: ['rwd_00000000000000000000000000'] },
  'rewards.refuse': { ids: ['rwd_00000000000000000000000000'], reason: 'Not mine' },
  'rewards.changeDelivery': { dueOn: '2026-12-24' },
  'rewards.override': { status: 'redeemed', reason: 'Not mine' },
  'discountCodes.preview': { codes: ['NOT-MINE'] },
  'discountCodes.upload': { codes: ['NOT-MINE'] },
  'credit.adjust': { amount: 100, note: 'Not mine' },
  'credit.redeem': { amount: 100, note: 'Not mine' },
  'creditRequests.complete': { note: 'Not mine' },
  'rewards.reinstate': { reason: 'Not mine' },
  'creditRequests.refuse': { answer: 'Not mine' },
}

describe('organizations are isolated', () => {
  let test: TestApp
  let mine: World
  let theirs: World
  let key: string
  let theirIds: Record<string, string>

  beforeAll(async () => {
    test = await createTestApp()
    mine = await createWorld(test.services, 'Mine')
    theirs = await createWorld(test.services, 'Theirs')
    key = await test.secretKey(mine.ctx, [...scopes])
    const campaign = await theirs.campaign({}, { name: canary })
    const advocate = await theirs.advocate(campaign.id, { name: canary, email: 'canary@mail.example' })
    const referral = await theirs.referral(advocate.id, { name: canary, email: 'canary.friend@mail.example' })
    await convertReferral(theirs.ctx, referral.id, { jobValue: 1_000, notify: true })
    const [reward] = (await listRewards(theirs.ctx, { limit: 1, tab: 'issued' })).items
    const asked = { contactId: advocate.contactId, amount: 10, currency: 'USD', use: 'next_invoice' } as const
    const request = await requestCredit(theirs.ctx, asked)
    await addSite(theirs.ctx, { origin: 'https://canarywell.example' })
    await test.signIn(theirs.owner.personId)
    const [session] = await test.services.database.read.all<[string]>('SELECT id FROM sessions')
    const [message] = (await listMessages(theirs.ctx, { limit: 1 })).items
    const [theirKey] = (await listKeys(theirs.ctx)).items
    const [site] = (await listSites(theirs.ctx)).items
    const webhook = await addEndpoint(theirs.ctx, {
      url: 'https://canarywell.example/',
      description: canary,
      events: [],
    })
    const delivery = await sendTestEvent(theirs.ctx, webhook.id)
    const imported = await runImport(theirs.ctx, {
      kind: 'advocates',
      campaignId: campaign.id,
      text: `name,email\n${canary},canary.import@mail.example`,
      fileName: canary,
    })
    const job = await addTheirJob(theirs.ctx)
    theirIds = {
      connections: job.connection.id,
      jobEvents: job.waitingId,
      jobs: job.job.id,
      jobTodos: job.todoId,
      referralJobs: referral.id,
      imports: imported.id,
      webhookEndpoints: webhook.id,
      webhookDeliveries: delivery.id,
      members: theirs.owner.id,
      sessions: session?.[0] ?? '',
      campaigns: campaign.id,
      advocates: advocate.id,
      contacts: advocate.contactId,
      referrals: referral.id,
      credit: advocate.contactId,
      rewards: reward?.id ?? '',
      discountCodes: campaign.id,
      creditRequests: request.id,
      messages: message?.id ?? '',
      keys: theirKey?.id ?? '',
      sites: site?.id ?? '',
    }
  })
  afterAll(() => test.close())

  const named = staffEndpoints.filter(([, endpoint]) => endpoint.path.includes(':id'))
  it.each(named)("%s responds to another organization's id as if it didn't exist", async (name, endpoint) => {
    const [group = ''] = name.split('.')
    const path = endpoint.path.replace(':id', theirIds[group] ?? '')
    const body = name === 'campaigns.update' ? { termsVersion: 1, name: 'Taken over' } : bodies[name]
    const response = await test.request(endpoint.method, path, { as: key, ...(body === undefined ? {} : { body }) })
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('Canary')
  })

  const lists = staffEndpoints.filter(([, endpoint]) => endpoint.method === 'GET' && !endpoint.path.includes(':id'))
  it.each(lists)('%s shows nothing of another organization', async (name, endpoint) => {
    const query = name === 'search.everything' ? '?q=zaphodia' : ''
    const response = await test.request('GET', endpoint.path + query, { as: key })
    expect(response.status).toBe(200)
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = (endpoint.media === 'application/gzip' ? gunzipSync(bytes) : bytes).toString('utf8')
    expect(text).not.toMatch(/canary/i)
  })

  it("nothing can be added to another organization's campaign, advocate or code", async () => {
    const code = (
      await test.services.database.read.all<[string]>(
        `SELECT code FROM enrollments WHERE organization_id = '${theirs.organization.id}'`,
      )
    )[0]?.[0]
    const friend = { name: 'Priya Shah', email: 'priya@mail.example' }
    for (const [path, body] of [
      ['/v1/advocates', { campaignId: theirIds.campaigns, ...friend }],
      ['/v1/referrals', { advocateId: theirIds.advocates, friend }],
      ['/v1/referrals', { code, friend }],
    ] as const) {
      const response = await test.request('POST', path, { as: key, body })
      expect(response.status).toBe(404)
      expect(await response.text()).not.toMatch(/canary/i)
    }
  })

  describe('who may call what', () => {
    it.each(staffEndpoints.filter(([, endpoint]) => endpoint.access.by === 'staff' && endpoint.access.scope !== null))(
      '%s is rejected without a credential, and with a key without its scope',
      async (_name, endpoint) => {
        const path = endpoint.path.replace(':id', 'nothing')
        expect((await test.request(endpoint.method, path)).status).toBe(401)
        const scope = endpoint.access.by === 'staff' ? endpoint.access.scope : null
        const others = scopes.filter((one): one is Scope => one !== scope)
        const response = await test.request(endpoint.method, path, { as: await test.secretKey(mine.ctx, others) })
        expect(response.status).toBe(403)
        expect(await response.json()).toMatchObject({ code: 'key_scope_missing' })
      },
    )
  })

  describe('requests that a foreign page makes with a signed-in browser', () => {
    const writes = staffEndpoints.filter(([, endpoint]) => endpoint.method !== 'GET')
    it.each(writes)('%s rejects writes from another site, and forms and plain text', async (name, endpoint) => {
      const cookie = await test.signIn(mine.owner.personId)
      const path = endpoint.path.replace(':id', theirIds[name.split('.')[0] ?? ''] ?? '')
      const foreign = await test.request(endpoint.method, path, {
        as: cookie,
        headers: { origin: 'https://evil.example' },
        body: bodies[name] ?? {},
      })
      expect(foreign.status).toBe(403)
      expect(await foreign.json()).toMatchObject({ code: 'origin_refused' })
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        const response = await test.request(endpoint.method, path, {
          as: cookie,
          body: '{"a":1}',
          headers: { 'content-type': type },
        })
        expect(response.status).toBe(415)
      }
    })
  })
})
