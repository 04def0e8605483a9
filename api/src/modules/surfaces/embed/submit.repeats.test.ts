import { describe, expect, it } from 'vitest'
import { type FriendForm, friendForm, refusal } from '../../../../test/friendForm.ts'
import { createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { anotherWorldForEach } from '../../../../test/worlds.ts'
import { listMessages } from '../../platform/messages/messages.queries.ts'
import { newFormToken } from './formToken.ts'
import { submitReferral } from './submit.ts'

const second = 1_000
const hour = 3_600_000

describe("the friend's form, repeated or automated,", () => {
  let test: TestServices
  let world: World
  let form: FriendForm['form']
  let send: FriendForm['send']
  let drawn: FriendForm['drawn']
  let ctx: FriendForm['ctx']
  let campaignContext: FriendForm['campaignContext']
  let referrals: FriendForm['referrals']
  anotherWorldForEach((...given) => {
    ;[test, world] = given
    ;({ form, send, drawn, ctx, campaignContext, referrals } = friendForm(test, world))
  })

  describe('sent more than once', () => {
    it('is one referral with the same response, fifty times at once', async () => {
      const { anna } = await campaignContext()
      const input = form(anna.code)
      const responses = await Promise.all(Array.from({ length: 50 }, () => send(input)))
      expect(new Set(responses.map((answer) => JSON.stringify(answer))).size).toBe(1)
      expect(await referrals()).toHaveLength(1)
      const queued = (await listMessages(world.ctx, { limit: 50 })).items
      expect(queued).toHaveLength(3)
    })

    it('from two tabs is one referral, and the second tab is told that we already have it', async () => {
      const { anna } = await campaignContext()
      const priya = stranger()
      const results = await Promise.allSettled([
        send(form(anna.code, { ...priya })),
        send(form(anna.code, { ...priya })),
      ])
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject(refusal('already_referred'))
      expect(await referrals()).toHaveLength(1)
    })

    it("with other content or under another link isn't the same form", async () => {
      const { campaign, anna } = await campaignContext()
      const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
      const input = form(anna.code)
      await send(input)
      for (const other of [
        { ...input, name: 'Another Name' },
        { ...input, code: marcus.code },
        { ...input, ...stranger() },
      ])
        await expect(send(other)).rejects.toMatchObject(refusal('form_token_invalid'))
      expect(await referrals()).toHaveLength(1)
    })
  })

  describe('by a script is rejected', () => {
    it('if the hidden field is filled, but once only: sent again, it is taken, and flagged if it is still filled', async () => {
      const { anna } = await campaignContext()
      const [cleared, filled] = [form(anna.code, stranger('Ana Reis')), form(anna.code, stranger('Bea Cruz'))]
      for (const one of [cleared, filled])
        await expect(send({ ...one, website: 'https://spam.example' })).rejects.toMatchObject(
          refusal('hidden_field_filled', 'Check your details and send it again.'),
        )
      await send(cleared)
      await send({ ...filled, website: 'https://spam.example' })
      expect((await referrals()).map(({ flags }) => flags)).toEqual([[], ['hidden_field']])
    })

    it('before two seconds and after a day, but not in between', async () => {
      const { anna } = await campaignContext()
      const at = (age: number) => {
        const formToken = newFormToken(test.services, world.organization.id)
        test.clock.advance(age)
        return send(form(anna.code, { formToken }))
      }
      await expect(at(2 * second - 1)).rejects.toMatchObject(refusal('form_too_fast'))
      await at(2 * second)
      await at(24 * hour)
      await expect(at(24 * hour + 1)).rejects.toMatchObject(refusal('form_token_invalid'))
      expect(await referrals()).toHaveLength(2)
    })

    it("with another organization's token, a token from the future or one that was tampered with", async () => {
      const { anna } = await campaignContext()
      const other = await createWorld(test.services, 'Other Pipes')
      const own = drawn()
      const early = newFormToken({ ...test.services, clock: () => test.clock.now() + hour }, world.organization.id)
      const [, ...rest] = own.split('.')
      const tampered = [other.organization.id, ...rest].join('.')
      for (const formToken of [friendForm(test, other).drawn(), tampered, `${own}x`, 'nonsense', ''])
        await expect(send(form(anna.code, { formToken }))).rejects.toMatchObject(refusal('form_token_invalid'))
      await expect(send(form(anna.code, { formToken: early }))).rejects.toMatchObject(refusal('form_too_fast'))
      expect(await referrals()).toEqual([])
    })
  })

  describe('with something suspicious is accepted and flagged:', () => {
    const flagsOf = async () => (await referrals()).at(-1)?.flags

    it('a disposable mailbox', async () => {
      const { anna } = await campaignContext()
      await send(form(anna.code, { email: 'someone@mailinator.com' }))
      expect(await flagsOf()).toEqual(['disposable_email'])
    })

    it("the advocate's own mailbox with a tag", async () => {
      const { campaign } = await campaignContext()
      const anna = await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna.k@gmail.com' })
      await send(form(anna.code, { email: 'annak+friend@gmail.com' }))
      expect(await flagsOf()).toEqual(['canonical_email_match'])
    })

    it('a family that shares a phone', async () => {
      const { campaign, anna } = await campaignContext()
      const { phone } = stranger()
      await send({ code: anna.code, name: 'Priya Shah', phone, formToken: drawn() })
      const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
      await send({ code: marcus.code, name: 'Priya  SHAH', phone, formToken: drawn() })
      expect(await flagsOf()).toEqual([])
      const rosa = await world.advocate(campaign.id, stranger('Rosa Diaz'))
      await send({ code: rosa.code, name: 'Dev Shah', phone, formToken: drawn() })
      expect(await flagsOf()).toEqual(['same_phone_other_name'])
    })

    it('an email and a phone of two people, where the email decides', async () => {
      const { campaign, anna } = await campaignContext()
      const [one, two] = [stranger('Priya Shah'), stranger('Dev Shah')]
      await send(form(anna.code, { ...one }))
      await send(form(anna.code, { ...two }))
      const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
      await send({ code: marcus.code, name: 'Priya Shah', email: one.email, phone: two.phone, formToken: drawn() })
      expect(await flagsOf()).toEqual(['possible_duplicate'])
      const [first, , third] = await referrals()
      expect(third?.friend.contactId).toBe(first?.friend.contactId)
    })

    it('a second friend from the same network', async () => {
      const { anna } = await campaignContext()
      const office = { source: 'widget', address: '203.0.113.50' } as const
      await submitReferral(ctx, form(anna.code), office)
      await submitReferral(ctx, form(anna.code, stranger('Dev Rao')), office)
      expect((await referrals()).map(({ flags }) => flags)).toEqual([[], ['same_network']])
    })
  })
})
