import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices } from '../../../../test/harness.ts'
import { createApp } from '../../../app.ts'
import { transaction } from '../../../shared/context.ts'
import { addressFor } from '../../people/contacts/contacts.ts'
import { createPortalLink } from './portal.ts'

let test: TestServices
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  test = await createTestServices()
  app = createApp(test.services)
})
afterAll(() => test.close())

type Manifest = { name: string; theme_color: string; icons: { src: string; sizes: string }[] }
const manifestFor = async (cookie = '') =>
  (await (await app.request('/portal/manifest.webmanifest', { headers: { cookie } })).json()) as Manifest

it('on a phone, the portal is an app with the name and color of the business', async () => {
  const world = await createWorld(test.services)
  const anna = await world.advocate((await world.campaign()).id)
  const reach = await addressFor(world.ctx, anna.contactId)
  const link = { contactId: anna.contactId, addressId: reach?.addressId ?? '', scope: 'view' } as const
  const token = await transaction(world.ctx, (tx) => createPortalLink(tx, link))
  const opened = await app.request('/portal/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  const manifest = await manifestFor(opened.headers.get('set-cookie')?.split(';')[0])
  expect(manifest).toMatchObject({ name: 'Harbor & Sons', theme_color: '#8a2c5e' })
  for (const { src, sizes } of manifest.icons) {
    const png = Buffer.from(await (await app.request(src)).arrayBuffer())
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes)
  }
})

it("for a visitor who isn't signed in, it names no business", async () => {
  expect((await manifestFor()).name).toBe('Your referrals')
  expect((await manifestFor('goodword-portal=nothing')).name).toBe('Your referrals')
})

it('the service worker may serve the portal, and caches no API response', async () => {
  const worker = await app.request('/portal/worker.js')
  expect(worker.headers.get('service-worker-allowed')).toBe('/portal')
  expect(await worker.text()).not.toContain('/portal/api')
})
