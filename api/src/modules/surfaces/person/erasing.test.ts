import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { withIdempotency } from '../../../shared/idempotency.ts'
import { verify } from '../../../verify.ts'
import { balancesOfContact } from '../../money/ledger/ledger.ts'
import { listMessages } from '../../platform/messages/messages.queries.ts'
import { findByCode } from '../../program/advocates/advocates.ts'
import { changeCode, inviteAdvocate } from '../console/advocates.ts'
import { loadContact } from '../console/contacts.detail.queries.ts'
import { listContacts } from '../console/contacts.queries.ts'
import { addAddress, eraseContact, mergeContacts } from '../console/contacts.ts'
import { loadReferral } from '../console/referrals.detail.queries.ts'
import { convertReferral, createReferral, reopenReferral } from '../console/referrals.ts'
import { followLink } from '../embed/siteRequests.ts'
import { flushActivity } from '../install/activity.ts'

const zelda = { name: 'Zelda Quennerbaum', email: 'zelda.quennerbaum@canary.example', phone: '+14155550188' }
/** Text about the erased person that occurs nowhere else. */
const canaries = ['Zelda', 'Quennerbaum', 'quennerbaum', 'ZELDAQ', '4155550188', '415) 555-0188', 'prefers mornings']

describe('erasing a contact', () => {
  let test: TestServices
  let world: World
  worldForEach((...given) => {
    ;[test, world] = given
  })

  /** Every one of these texts that any file of the database still contains, including its log. */
  function leftOnDisk(): string[] {
    const files = readdirSync(test.folder).map((name) => readFileSync(join(test.folder, name)))
    return canaries.filter((canary) => files.some((bytes) => bytes.includes(canary)))
  }
  const sums = () =>
    test.services.database.read.all(
      sql`SELECT kind, owner_type, owner_id, currency, balance FROM ledger_accounts ORDER BY kind, owner_id`,
    )

  /** A friend who became an advocate, with every kind of data a person leaves behind. */
  async function aWholeLife() {
    const campaign = await world.campaign({ holdDays: 14 })
    const anna = await world.advocate(campaign.id)
    const friend = { name: zelda.name, email: zelda.email, phone: '(415) 555-0188' }
    const once = { key: 'job 1', method: 'POST', path: '/v1/referrals', body: '{}' }
    let id = ''
    await withIdempotency(world.ctx, once, async (tx) => {
      const referral = await createReferral(tx, {
        advocateId: anna.id,
        friend,
        message: 'She prefers mornings',
        metadata: { note: 'prefers mornings' },
      })
      id = referral.id
      return { status: 201, body: JSON.stringify(referral) }
    })
    const { friend: contact } = await convertReferral(world.ctx, id, { jobValue: 100_000, notify: true })
    const contactId = contact.contactId ?? ''
    const { enrollmentList } = await loadContact(world.ctx, contactId)
    await changeCode(world.ctx, enrollmentList[0]?.id ?? '', 'ZELDAQ')
    await followLink(world.ctx, ['ZELDAQ'], { origin: null, version: null, visitor: 'someone' })
    await flushActivity(test.services)
    await addAddress(world.ctx, contactId, { kind: 'email', value: 'second.quennerbaum@canary.example' })
    const brought = await world.referral(enrollmentList[0]?.id ?? '', stranger('Lee Wong'))
    await convertReferral(world.ctx, brought.id, { jobValue: 50_000, notify: true })
    await inviteAdvocate(world.ctx, { campaignId: (await world.campaign()).id, notify: true, ...zelda })
    return { contactId, referralId: id, brought }
  }

  it('leaves no byte of them in any file, and every sum unchanged', async () => {
    const { contactId, referralId } = await aWholeLife()
    const before = await sums()
    expect(leftOnDisk()).not.toEqual([])
    const erased = await eraseContact(world.ctx, contactId, 'zelda quennerbaum')
    expect(erased).toMatchObject({ name: 'Erased person', addresses: [], customerSince: null })
    await test.services.database.overwriteDeleted()
    expect(leftOnDisk()).toEqual([])
    expect(await sums()).toEqual(before)
    expect(await verify(test.services.database.read)).toEqual([])
    expect((await loadReferral(world.ctx, referralId)).friend.name).toBe('Erased person')
    expect((await listContacts(world.ctx, { limit: 100, sort: 'name' })).items.map(({ id }) => id)).not.toContain(
      contactId,
    )
  })

  it('removes deleted data from the disk without being asked', async () => {
    const { contactId } = await aWholeLife()
    await eraseContact(world.ctx, contactId, zelda.name)
    await expect.poll(leftOnDisk).toEqual([])
  })

  it('also erases the contacts merged into them', async () => {
    const { contactId } = await aWholeLife()
    const campaign = await world.campaign()
    const twin = await world.advocate(campaign.id, { name: 'Z. Quennerbaum', email: 'zq.quennerbaum@canary.example' })
    await mergeContacts(world.ctx, contactId, { otherId: twin.contactId, confirm: [] })
    await eraseContact(world.ctx, contactId, zelda.name)
    await test.services.database.overwriteDeleted()
    expect(leftOnDisk()).toEqual([])
  })

  it('ends their links and sends none of their queued messages', async () => {
    const { contactId } = await aWholeLife()
    await eraseContact(world.ctx, contactId, zelda.name)
    expect(await findByCode(test.services, 'ZELDAQ')).toBeUndefined()
    const waiting = (await listMessages(world.ctx, { limit: 100, state: 'queued' })).items
    expect(waiting.filter(({ to }) => to === '')).toEqual([])
  })

  it('keeps what they earned in the ledger, and what others earned through them', async () => {
    const { contactId, brought } = await aWholeLife()
    const before = await balancesOfContact(world.ctx, contactId)
    await eraseContact(world.ctx, contactId, zelda.name)
    expect(await balancesOfContact(world.ctx, contactId)).toEqual(before)
    expect(await balancesOfContact(world.ctx, brought.friend.contactId ?? '')).toMatchObject([{ available: 2_000 }])
  })

  it('closes their open referral', async () => {
    const campaign = await world.campaign()
    const referral = await world.referral((await world.advocate(campaign.id)).id, zelda)
    await eraseContact(world.ctx, referral.friend.contactId ?? '', zelda.name)
    expect(await loadReferral(world.ctx, referral.id)).toMatchObject({ status: 'declined', reason: null })
  })

  it('makes a referral closed by it impossible to reopen', async () => {
    const campaign = await world.campaign()
    const referral = await world.referral((await world.advocate(campaign.id)).id, zelda)
    await eraseContact(world.ctx, referral.friend.contactId ?? '', zelda.name)
    await expect(reopenReferral(world.ctx, referral.id, 'They called')).rejects.toMatchObject({ code: 'contact_gone' })
    expect(await loadReferral(world.ctx, referral.id)).toMatchObject({ status: 'declined', friendErased: true })
  })

  it('keeps the reward of a friend they referred, and pays nobody else in their place', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id, zelda)
    const referral = await world.referral(anna.id)
    await eraseContact(world.ctx, anna.contactId, zelda.name)
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: true })
    expect(await balancesOfContact(world.ctx, anna.contactId)).toEqual([])
    expect(await balancesOfContact(world.ctx, referral.friend.contactId ?? '')).toMatchObject([{ available: 2_000 }])
    expect(await verify(test.services.database.read)).toEqual([])
  })

  it('treats the person as a stranger if they come back', async () => {
    const { contactId } = await aWholeLife()
    await eraseContact(world.ctx, contactId, zelda.name)
    const campaign = await world.campaign()
    const again = await world.advocate(campaign.id, zelda)
    expect(again.contactId).not.toBe(contactId)
  })

  it('is for admins only, once, and requires typing the name', async () => {
    const anna = await world.advocate((await world.campaign()).id, zelda)
    await expect(eraseContact(await world.as('staff'), anna.contactId, zelda.name)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(eraseContact(world.ctx, anna.contactId, 'Zelda')).rejects.toMatchObject({ code: 'name_differs' })
    const erase = async () => eraseContact(await world.as('admin'), anna.contactId, zelda.name)
    const done = await Promise.allSettled([erase(), erase()])
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await expect(
      addAddress(world.ctx, anna.contactId, { kind: 'email', value: 'z@canary.example' }),
    ).rejects.toMatchObject({ code: 'contact_gone' })
  })
})
