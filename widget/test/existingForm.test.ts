import { beforeAll, describe, expect, it } from 'vitest'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { settled } from '../../api/test/settled.ts'
import { typedLikeAPerson } from '../../api/test/typing.ts'
import { setupWidgetTest } from './setup.ts'
import { tag } from './site.ts'
import type { Visit } from './visit.ts'

const setup = setupWidgetTest()
const fields = `<input name="fullname" autocomplete="name"><input name="contact_email" type="email">
  <input name="mobile" type="tel"><textarea name="comments"></textarea><input type="password" name="pin" value="1234">`
const page = (attributes = 'data-goodword data-goodword-code="referral"', more = '') =>
  `${tag(setup.goodword)}<form action="/done" ${attributes}>${fields}${more}<button>Send</button></form>`

beforeAll(() => {
  setup.site.put('/contact', page())
  setup.site.put('/done', `<h1>We got it</h1>${tag(setup.goodword)}`)
})

const taken = async (name: string) =>
  (await listReferrals(setup.goodword.world.ctx, { limit: 100, sort: 'oldest' })).items.filter(
    ({ friend }) => friend.name === name,
  )
async function fillIn({ page: tab }: Visit, name: string) {
  await tab.locator('[name=fullname]').fill(name)
  await tab.locator('[name=contact_email]').fill(`${name.replace(' ', '.')}@mail.example`)
  await tab.locator('[name=comments]').fill('The tap drips.')
}

describe("the business's own form", () => {
  it('still goes where it always went, with the code in it, and also to us', async () => {
    const friend = await setup.blank()
    const drawn = friend.page.waitForResponse(`${setup.goodword.url}/embed/form*`)
    await friend.page.goto(setup.through('/contact'))
    await drawn
    await settled(friend.page)
    const drawnAt = Date.now()
    await friend.page.locator('[name=referral][value]').waitFor({ state: 'attached' })
    await fillIn(friend, 'Ada Brook')
    // Submitting leaves the page, so data sent too early would not be sent at all.
    await typedLikeAPerson(drawnAt)
    await friend.page.getByRole('button', { name: 'Send' }).click()
    await friend.page.getByText('We got it').waitFor()
    const arrived = new URL(friend.page.url()).searchParams
    expect([arrived.get('fullname'), arrived.get('referral')]).toEqual(['Ada Brook', setup.goodword.code])
    await expect.poll(async () => (await taken('Ada Brook')).length).toBe(1)
    const [referral] = await taken('Ada Brook')
    expect(referral).toMatchObject({ advocate: { name: 'Anna Kowalski' }, message: 'The tap drips.', source: 'widget' })
  })

  it('is recorded once if an application submits it itself, no matter how often', async () => {
    setup.site.put('/app', page('id="late"'))
    const friend = await setup.open('/app')
    await friend.page.evaluate(async () => {
      const late = document.querySelector<HTMLFormElement>('#late')
      late?.addEventListener('submit', (event) => event.preventDefault())
      if (late) await window.Goodword?.attachTo(late)
    })
    const received = friend.page.evaluate(
      () =>
        new Promise((done) => document.addEventListener('goodword:submitted', (e) => done((e as CustomEvent).detail))),
    )
    await fillIn(friend, 'Bo Carter')
    for (let i = 0; i < 3; i += 1) await friend.page.getByRole('button', { name: 'Send' }).click()
    expect(await received).toEqual({ code: setup.goodword.code })
    expect(await taken('Bo Carter')).toHaveLength(1)
  })

  it('sends us nothing about visitors nobody referred, and works when we are down', async () => {
    const friend = await setup.blank()
    const asked: string[] = []
    friend.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await friend.page.goto(`${setup.site.url}/contact`)
    await fillIn(friend, 'Cy Dunn')
    await friend.page.getByRole('button', { name: 'Send' }).click()
    await friend.page.getByText('We got it').waitFor()
    expect(asked.filter((path) => path.startsWith('/embed'))).toEqual([])

    const other = await setup.blank()
    await other.page.route(`${setup.goodword.url}/embed/**`, (route) => route.abort())
    await other.page.goto(setup.through('/contact'))
    await fillIn(other, 'Di Evans')
    await other.page.getByRole('button', { name: 'Send' }).click()
    await other.page.getByText('We got it').waitFor()
  })
})
