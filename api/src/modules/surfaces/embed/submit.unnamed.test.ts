import type { SubmitReferral } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { type FriendForm, friendForm } from '../../../../test/friendForm.ts'
import { stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { anotherWorldForEach } from '../../../../test/worlds.ts'
import { getMessage, listMessages } from '../../platform/messages/messages.queries.ts'
import { loadForm } from './form.ts'

/** Forms of a website may not ask for a name. */
describe('a friend who gave no name', () => {
  let world: World
  let form: FriendForm['form']
  let send: FriendForm['send']
  let ctx: FriendForm['ctx']
  let campaignContext: FriendForm['campaignContext']
  let referrals: FriendForm['referrals']
  anotherWorldForEach((test: TestServices, given: World) => {
    world = given
    ;({ form, send, ctx, campaignContext, referrals } = friendForm(test, world))
  })
  const unnamed = (code: string, typed: Partial<SubmitReferral>): SubmitReferral => {
    const { name: _name, email: _email, phone: _phone, ...rest } = form(code)
    return { ...rest, ...typed }
  }

  it('is a referral to check, called by their email, and nobody is greeted by it', async () => {
    const { anna } = await campaignContext()
    const thanks = await send(unnamed(anna.code, { email: 'priya@mail.example' }))
    expect(thanks.title).toBe('Thanks. Your $20 credit is saved.')
    const [referral] = await referrals()
    expect(referral).toMatchObject({
      status: 'pending',
      flags: ['name_missing'],
      friend: { name: 'priya@mail.example' },
    })
    const { items } = await listMessages(world.ctx, { limit: 20 })
    const body = async (template: string) =>
      JSON.stringify(await getMessage(world.ctx, items.find((one) => one.template === template)?.id ?? ''))
    expect(await body('referral_received_friend')).toContain('Hi there,')
    expect(await body('referral_received_advocate')).not.toContain('priya')
  })

  it('is called by their phone number if that is all, and is not taken for another person with that phone', async () => {
    const { campaign, anna } = await campaignContext()
    const ben = await world.advocate(campaign.id, stranger('Ben Carter'))
    await send(form(ben.code, { name: 'Priya Shah', email: undefined, phone: '(415) 555-0199' }))
    await send(unnamed(anna.code, { phone: '(415) 555-0199' }))
    expect((await referrals())[1]).toMatchObject({ flags: ['name_missing'], friend: { name: '+14155550199' } })
  })

  it('never has their address shown to the friends they refer later', async () => {
    const { campaign } = await campaignContext()
    const priya = await world.advocate(campaign.id, { name: 'priya@mail.example', email: 'priya@mail.example' })
    const shown = await loadForm(ctx, priya.code)
    expect(shown.advocate?.firstName).toBe('A friend')
    expect(JSON.stringify(shown)).not.toContain('priya')
    const sent = await send(form(priya.code))
    expect(JSON.stringify(sent)).not.toContain('priya')
  })
})
