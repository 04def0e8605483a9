import { beforeAll, describe, expect, it } from 'vitest'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { settled } from '../../api/test/settled.ts'
import { typedLikeAPerson } from '../../api/test/typing.ts'
import { setScene } from './scene.ts'
import { tag } from './site.ts'
import type { Visit } from './visit.ts'

const scene = setScene()
const fields = `<input name="fullname" autocomplete="name"><input name="contact_email" type="email">
  <input name="mobile" type="tel"><textarea name="comments"></textarea><input type="password" name="pin" value="1234">`
const page = (attributes = 'data-goodword data-goodword-code="referral"', more = '') =>
  `${tag(scene.goodword)}<form action="/done" ${attributes}>${fields}${more}<button>Send</button></form>`

beforeAll(() => {
  scene.site.put('/contact', page())
  scene.site.put('/done', `<h1>We got it</h1>${tag(scene.goodword)}`)
})

const taken = async (name: string) =>
  (await listReferrals(scene.goodword.world.ctx, { limit: 100, sort: 'oldest' })).items.filter(
    ({ friend }) => friend.name === name,
  )
async function fillIn({ page: tab }: Visit, name: string) {
  await tab.locator('[name=fullname]').fill(name)
  await tab.locator('[name=contact_email]').fill(`${name.replace(' ', '.')}@mail.example`)
  await tab.locator('[name=comments]').fill('The tap drips.')
}

describe("a form of the business's own", () => {
  it('goes where it always went, with the code in it, and to us as well', async () => {
    const friend = await scene.blank()
    const drawn = friend.page.waitForResponse(`${scene.goodword.url}/embed/form*`)
    await friend.page.goto(scene.through('/contact'))
    await drawn
    await settled(friend.page)
    const drawnAt = Date.now()
    await friend.page.locator('[name=referral][value]').waitFor({ state: 'attached' })
    await fillIn(friend, 'Ada Brook')
    // The page is left by sending, so that what is sent too early is not sent at all.
    await typedLikeAPerson(drawnAt)
    await friend.page.getByRole('button', { name: 'Send' }).click()
    await friend.page.getByText('We got it').waitFor()
    const arrived = new URL(friend.page.url()).searchParams
    expect([arrived.get('fullname'), arrived.get('referral')]).toEqual(['Ada Brook', scene.goodword.code])
    await expect.poll(async () => (await taken('Ada Brook')).length).toBe(1)
    const [referral] = await taken('Ada Brook')
    expect(referral).toMatchObject({ advocate: { name: 'Anna Kowalski' }, message: 'The tap drips.', source: 'widget' })
  })

  it('that an application sends itself is taken once, however often it is sent', async () => {
    scene.site.put('/app', page('id="late"'))
    const friend = await scene.open('/app')
    await friend.page.evaluate(async () => {
      const late = document.querySelector<HTMLFormElement>('#late')
      late?.addEventListener('submit', (event) => event.preventDefault())
      if (late) await window.Goodword?.attachTo(late)
    })
    const heard = friend.page.evaluate(
      () =>
        new Promise((done) => document.addEventListener('goodword:submitted', (e) => done((e as CustomEvent).detail))),
    )
    await fillIn(friend, 'Bo Carter')
    for (let i = 0; i < 3; i += 1) await friend.page.getByRole('button', { name: 'Send' }).click()
    expect(await heard).toEqual({ code: scene.goodword.code })
    expect(await taken('Bo Carter')).toHaveLength(1)
  })

  it('sends us nothing of a visitor nobody sent, and works when we are down', async () => {
    const friend = await scene.blank()
    const asked: string[] = []
    friend.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await friend.page.goto(`${scene.site.url}/contact`)
    await fillIn(friend, 'Cy Dunn')
    await friend.page.getByRole('button', { name: 'Send' }).click()
    await friend.page.getByText('We got it').waitFor()
    expect(asked.filter((path) => path.startsWith('/embed'))).toEqual([])

    const other = await scene.blank()
    await other.page.route(`${scene.goodword.url}/embed/**`, (route) => route.abort())
    await other.page.goto(scene.through('/contact'))
    await fillIn(other, 'Di Evans')
    await other.page.getByRole('button', { name: 'Send' }).click()
    await other.page.getByText('We got it').waitFor()
  })
})
