import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { hourMs, startAsking } from '../../../../test/asking.ts'
import { createTestServices, type TestServices } from '../../../../test/harness.ts'
import { unpackOrganization } from '../../../archive/importArchive.ts'
import { packOrganization } from '../../../database/archive.ts'
import { contextFor } from '../../../shared/context.ts'
import { verify } from '../../../verify.ts'
import { textConsentsOf } from '../../people/contacts/textConsents.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { listContacts } from '../../surfaces/console/contacts.queries.ts'
import { runImport } from '../../surfaces/imports/imports.ts'
import { asksOfContact } from './invitations.queries.ts'

let here: TestApp
let there: TestServices
beforeAll(async () => {
  here = await createTestApp()
  there = await createTestServices()
})
afterAll(async () => {
  await here.close()
  await there.close()
})

it('asks move with their organization: what was scheduled is canceled, and nothing is sent twice', async () => {
  const shop = await startAsking(here)
  await shop.until(Math.ceil(here.clock.now() / 86_400_000) * 86_400_000 + 20 * hourMs)
  const finish = (number: number, score: number) =>
    shop.play(
      shop.event('job.completed', here.clock.now(), {
        job: String(number),
        customer: { id: `c${number}`, name: `Customer ${number}`, phone: `+1415555010${number}`, agreedToTexts: 'yes' },
        score,
      }),
    )
  await finish(1, 5)
  await shop.wait(3 * hourMs)
  await finish(2, 2)
  await finish(3, 5)
  expect((await shop.asks()).map(({ state }) => state)).toEqual(['sent', 'skipped', 'scheduled'])
  const file = await buffer(
    await packOrganization(here.services.database, shop.world.organization.id, here.clock.now()),
  )
  const owner = shop.world.owner.email
  await unpackOrganization(there.services, () => Readable.from([file]), { owner, members: false })
  expect(await verify(there.services.database.read)).toEqual([])
  const ctx = contextFor(there.services, shop.world.organization.id, { type: 'system' })
  const { items } = await listContacts(ctx, { limit: 10, sort: 'newest' })
  const asks = (await Promise.all(items.map(({ id }) => asksOfContact(ctx, id))))
    .flat()
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  expect(asks).toMatchObject([
    { state: 'sent', channels: ['sms'], followUpAt: null },
    { state: 'skipped', reason: { reason: 'score_low', score: 2 } },
    { state: 'canceled', reason: { reason: 'moved_here' } },
  ])
  expect(await textConsentsOf(ctx, asks[0]?.contact.id ?? '')).toMatchObject([{ source: 'connection' }])
  expect((await getOrganization(ctx, ctx.organizationId)).textStatement).toMatchObject({
    wording: 'Every customer agrees to texts when they book.',
  })
})

it('an imported file says who agreed to texts, and anything but a yes is a no', async () => {
  const shop = await startAsking(here)
  await runImport(shop.ctx, {
    kind: 'advocates',
    campaignId: shop.campaign.id,
    text: 'Name,Phone,Agreed to texts\nOwen Price,(415) 555-0151,Yes\nSam Keller,(415) 555-0152,maybe',
    fileName: 'customers.csv',
  })
  const { items } = await listContacts(shop.ctx, { limit: 10, sort: 'name' })
  const consents = await Promise.all(
    items.map(async ({ name, id }) => [name, (await textConsentsOf(shop.ctx, id)).length]),
  )
  expect(consents).toEqual([
    ['Owen Price', 1],
    ['Sam Keller', 0],
  ])
})
