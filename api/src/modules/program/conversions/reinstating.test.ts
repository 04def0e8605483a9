import type { Terms } from '@goodword/contracts'
import { momentAt } from '@goodword/domain'
import { wordsIn } from '@goodword/words/server'
import { describe, expect, it } from 'vitest'
import { createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { annasRewards, codeOf } from '../../../../test/rewards.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { balanceIn } from '../../money/ledger/ledger.ts'
import { rejectRewards } from '../../money/rewards/approvals.ts'
import { releaseDueRewards } from '../../money/rewards/rewards.jobs.ts'
import { listAudit } from '../../surfaces/console/audit.queries.ts'
import { eraseContact, mergeContacts } from '../../surfaces/console/contacts.ts'
import { reverseConversion } from '../../surfaces/console/referrals.ts'
import { reinstateReward } from '../../surfaces/console/rewards.ts'
import { historyPage } from '../../surfaces/portal/history.queries.ts'

const day = 86_400_000

let test: TestServices
let world: World
worldForEach((...given) => {
  ;[test, world] = given
})

const annas = annasRewards(() => ({ test, world }))
const { tab, mails } = annas
/** Anna earns $50.00 for each job. */
const play = (terms: Partial<Terms>, friends = 1) => annas.play({ friend: { kind: 'none' }, ...terms }, friends)
const refuse = (...ids: string[]) => rejectRewards(world.ctx, { ids, reason: 'Paid in cash already', notify: true })
const giveAfterAll = (id: string, ctx = world.ctx) =>
  reinstateReward(ctx, id, { reason: 'The cash was for another job', notify: true })
const balance = (contactId: string) => balanceIn(world.ctx, contactId, 'USD')
/** Anna's only reward, rejected. */
async function refused(terms: Partial<Terms> = { holdDays: 14 }) {
  const story = await play(terms)
  const waiting = [...(await tab('waiting')), ...(await tab('to_approve'))]
  const reward = waiting.find(({ contact }) => contact.id === story.anna)
  await refuse(reward?.id ?? '')
  return { ...story, id: reward?.id ?? '' }
}

describe('a rejected reward that is reinstated', () => {
  it('goes back on hold until its date, and its owner is notified', async () => {
    const { anna, id } = await refused()
    expect(await balance(anna)).toMatchObject({ available: 0, held: 0 })
    expect(await giveAfterAll(id, await world.as('staff'))).toMatchObject({ status: 'pending', waits: 'hold' })
    expect(await balance(anna)).toMatchObject({ available: 0, held: 5_000 })
    expect((await mails('reward_reinstated'))[0]?.body).toMatch(
      /You’ll get \$50\.00 .* after all\.\s+You can use it from/,
    )
    test.clock.advance(15 * day)
    await releaseDueRewards(test.services)
    expect(await balance(anna)).toMatchObject({ available: 5_000, held: 0 })
    expect(
      (await historyPage(world.ctx, anna, 'USD', {}, wordsIn('en'))).items.map(({ amount, kind }) => [amount, kind]),
    ).toEqual([
      [5_000, 'in'],
      [0, 'out'],
    ])
    const [entry] = (await listAudit(world.ctx, { limit: 20, group: 'reward' })).items
    expect(entry).toMatchObject({ action: 'reward.reinstated', data: { amount: 5_000 } })
  })

  it('needs no other approval: it is available as soon as its date has come', async () => {
    const { anna, id } = await refused({ approval: 'staff' })
    expect(await giveAfterAll(id)).toMatchObject({ status: 'issued', reason: 'The cash was for another job' })
    expect(await balance(anna)).toMatchObject({ available: 5_000, held: 0 })
    expect([await mails('reward_released'), await mails('reward_reinstated')]).toMatchObject([{ length: 1 }, []])
  })

  it("appears once as pending in the portal's history, after the rejection", async () => {
    const { anna, id } = await refused()
    await giveAfterAll(id)
    const { items } = await historyPage(world.ctx, anna, 'USD', {}, wordsIn('en'))
    expect(items.map(({ amount, kind }) => [amount, kind])).toEqual([
      [5_000, 'held'],
      [0, 'out'],
    ])
  })

  it('can be rejected and reinstated again, even at the same millisecond, and no cent is lost or created', async () => {
    const { anna, id } = await refused()
    for (let times = 0; times < 3; times += 1) {
      await giveAfterAll(id)
      expect(await balance(anna)).toMatchObject({ available: 0, held: 5_000 })
      await refuse(id)
      expect(await balance(anna)).toMatchObject({ available: 0, held: 0 })
    }
  })

  it('gets its discount code if it was rejected while waiting for one', async () => {
    const discount = { type: 'percent', basisPoints: 2_000 } as const
    const { id } = await refused({
      advocate: { kind: 'discount_code', discount, source: 'generated' },
      approval: 'staff',
    })
    expect((await giveAfterAll(id)).code).toMatch(/^[A-Z2-9]{3}-[A-Z2-9]{4}$/)
  })
})

describe('reinstating is refused', () => {
  it('the second time, if two people do it at once', async () => {
    const { anna, id } = await refused()
    const outcomes = await Promise.allSettled([giveAfterAll(id), giveAfterAll(id, await world.as('staff'))])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await balance(anna)).toMatchObject({ available: 0, held: 5_000 })
    await expect(giveAfterAll(id).catch(codeOf)).resolves.toBe('reward_not_refused')
  })

  it('once its conversion was reversed, whichever comes first', async () => {
    for (const reversedFirst of [true, false]) {
      const { anna, id, jobs } = await refused()
      const reverse = () => reverseConversion(world.ctx, jobs[0] ?? '', 'Refunded')
      const give = () => giveAfterAll(id)
      const [first, second] = reversedFirst ? [reverse, give] : [give, reverse]
      const outcomes = await Promise.allSettled([first(), second()])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', reversedFirst ? 'rejected' : 'fulfilled'])
      expect(await balance(anna)).toMatchObject({ available: 0, held: 0, owed: 0 })
    }
  })

  it('beyond the budget that others have used since', async () => {
    // The limit is $50.00, and the rejected reward left room for the second friend.
    const { id, earn, anna } = await refused({ holdDays: 14, budget: 5_000 })
    await earn()
    expect((await balance(anna)).held).toBe(5_000)
    await expect(giveAfterAll(id)).rejects.toMatchObject({
      code: 'reward_over_limit',
      facts: {
        detail: 'Capped by the campaign budget of $50.00; nothing is left. Raise the limit of the campaign first.',
      },
    })
    expect((await balance(anna)).held).toBe(5_000)
  })

  it("beyond the advocate's limit for the month it was earned; other months don't count", async () => {
    test.clock.set(momentAt('2026-11-30', '09:00', 'America/Los_Angeles'))
    const terms = { holdDays: 40, advocateCaps: { month: 5_000 } }
    const [full, free] = [await refused(terms), await refused(terms)]
    await full.earn() // In November, where the rejected reward left room.
    await expect(giveAfterAll(full.id).catch(codeOf)).resolves.toBe('reward_over_limit')
    test.clock.advance(day)
    await free.earn() // On December 1.
    expect(await giveAfterAll(free.id)).toMatchObject({ status: 'pending' })
  })

  it('for a contact whose data was erased', async () => {
    const { id, anna } = await refused()
    await eraseContact(world.ctx, anna, 'Anna Kowalski')
    await expect(giveAfterAll(id).catch(codeOf)).resolves.toBe('contact_gone')
  })

  it('if it was never rejected, or belongs to another organization', async () => {
    await play({ holdDays: 14 })
    const [waiting] = await tab('waiting')
    await expect(giveAfterAll(waiting?.id ?? '').catch(codeOf)).resolves.toBe('reward_not_refused')
    const other = await createWorld(test.services, 'Bayside Electric')
    await expect(giveAfterAll(waiting?.id ?? '', other.ctx).catch(codeOf)).resolves.toBe('not_found')
  })
})

it('goes to the contact that stayed after a merge, and can be rejected again', async () => {
  const { anna, id, campaign } = await refused()
  const twin = await world.advocate(campaign.id, stranger('Anna Kowalska'))
  await giveAfterAll(id)
  await mergeContacts(world.ctx, twin.contactId, { otherId: anna, confirm: ['name'] })
  expect(await balance(twin.contactId)).toMatchObject({ held: 5_000 })
  for (let times = 0; times < 2; times += 1) {
    await refuse(id)
    expect(await balance(twin.contactId)).toMatchObject({ held: 0 })
    await giveAfterAll(id)
    expect(await balance(twin.contactId)).toMatchObject({ available: 0, held: 5_000 })
  }
})
