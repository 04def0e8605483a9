import { CreditRequestQuery } from '@goodword/contracts'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { TestServices, World } from '../../../../test/harness.ts'
import { codeOf } from '../../../../test/rewards.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { contextFor } from '../../../shared/context.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { organizations } from '../../platform/organizations/organizations.table.ts'
import { ledgerOfContact } from '../../surfaces/console/ledger.queries.ts'
import { convertReferral } from '../../surfaces/console/referrals.ts'
import { balancesOfContact } from '../ledger/ledger.ts'
import { redeemCredit } from './credit.ts'
import { listCreditRequests, requestsOf } from './requests.queries.ts'
import { completeRequest, rejectRequest, requestCredit, withdrawRequest } from './requests.ts'

let test: TestServices
let world: World
let anna: string
const asked = (amount: number, use: 'next_invoice' | 'payout' = 'next_invoice') => {
  const actor = { type: 'contact', id: anna, scope: 'full', sessionId: 'pse_test' } as const
  const ctx = contextFor(test.services, world.organization.id, actor)
  return requestCredit(ctx, { contactId: anna, amount, currency: 'USD', use })
}
const available = async () => (await balancesOfContact(world.ctx, anna))[0]?.available
const queued = async (template: string) =>
  (await test.services.database.read.select().from(messages)).filter((message) => message.template === template)

/** Anna has $50.00, and the business allows using credit on the next invoice. */
worldForEach(async (...given) => {
  ;[test, world] = given
  await world.ctx.database.write((db) =>
    db
      .update(organizations)
      .set({ creditUses: ['next_invoice'] })
      .where(eq(organizations.id, world.organization.id)),
  )
  const campaign = await world.campaign()
  const advocate = await world.advocate(campaign.id)
  anna = advocate.contactId
  const referral = await world.referral(advocate.id)
  await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
})

describe('a request to use credit', () => {
  it('is a task for staff, who are notified', async () => {
    const request = await asked(2_000)
    expect(request).toMatchObject({ state: 'open', amount: 2_000, available: 5_000, contact: { id: anna } })
    expect((await queued('credit_requested_staff')).map(({ body }) => body)).toEqual([
      expect.stringContaining('Anna asks to use $20.00 of credit, on the next invoice.'),
    ])
    const { items } = await listCreditRequests(world.ctx, CreditRequestQuery.parse({}))
    expect(items.map(({ id }) => id)).toEqual([request.id])
  })

  it("can't exceed the available credit, however many are made at once", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => asked(2_000)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    const refused = await asked(1_001).catch((error) => error)
    expect([codeOf(refused), refused.facts]).toEqual(['credit_insufficient', { shortfall: 1, currency: 'USD' }])
  })

  it('is only possible for a use the business offers', async () => {
    expect(await asked(1_000, 'payout').catch(codeOf)).toBe('validation_failed')
  })

  it('can be withdrawn by its advocate, and by nobody else', async () => {
    const { id } = await asked(5_000)
    expect(await withdrawRequest(world.ctx, 'con_other', id).catch(codeOf)).toBe('not_found')
    await withdrawRequest(world.ctx, anna, id)
    expect((await requestsOf(world.ctx, anna)).map(({ state }) => state)).toEqual(['withdrawn'])
    expect(await completeRequest(world.ctx, id, { note: 'invoice' }).catch(codeOf)).toBe('request_closed')
    await asked(5_000)
  })
})

describe('completing or rejecting a request', () => {
  it('records the redemption with it, once, whoever is first', async () => {
    const { id } = await asked(2_000)
    const staff = await world.as('staff')
    const both = await Promise.allSettled([
      completeRequest(staff, id, { note: 'applied to invoice 1042', answer: 'Taken off invoice 1042' }),
      completeRequest(staff, id, { note: 'applied to invoice 1042' }),
      rejectRequest(staff, id, { answer: 'Not now' }),
    ])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(await available()).toBe(3_000)
    const { items } = await ledgerOfContact(world.ctx, anna, { limit: 20 })
    expect(items.filter(({ note }) => note === 'applied to invoice 1042')).toHaveLength(1)
    const [mail] = await queued('credit_request_done')
    expect(mail?.body).toContain('You asked to use $20.00 of your credit, on the next invoice. It’s done.')
    expect(mail?.body).toContain('Taken off invoice 1042')
  })

  it('leaves the credit alone if rejected, and says why', async () => {
    const { id } = await asked(2_000)
    const refused = await rejectRequest(world.ctx, id, { answer: 'Your next visit is free already' })
    expect(refused).toMatchObject({ state: 'refused', closedBy: 'Maya Ortiz' })
    expect(await available()).toBe(5_000)
    expect((await queued('credit_request_refused'))[0]?.body).toContain('Your next visit is free already')
  })

  it("isn't possible if the credit was used in the meantime", async () => {
    const { id } = await asked(5_000)
    await redeemCredit(world.ctx, anna, { amount: 1, note: 'invoice 7' })
    expect(await completeRequest(world.ctx, id, { note: 'invoice 8' }).catch(codeOf)).toBe('credit_insufficient')
    expect((await requestsOf(world.ctx, anna)).map(({ state }) => state)).toEqual(['open'])
  })
})
