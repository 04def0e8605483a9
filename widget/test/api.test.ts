import { beforeAll, describe, expect, it } from 'vitest'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { setScene } from './scene.ts'
import { form, tag } from './site.ts'
import type { Visit } from './visit.ts'

const scene = setScene()
const consentTag = () => tag(scene.goodword).replace('data-key', 'data-consent="required" data-key')
beforeAll(() => {
  scene.site.put('/', `${tag(scene.goodword)}<h1>Plumbing</h1><main></main>`)
  scene.site.put('/consent', `${consentTag()}${form}`)
})

const code = ({ page }: Visit) => page.evaluate(async () => (await window.Goodword?.getReferral())?.code ?? null)
const stored = ({ page }: Visit) =>
  page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie.length])

describe('a code in the address', () => {
  it('that is none of ours takes no good one’s place', async () => {
    const friend = await scene.open('/')
    expect(await code(friend)).toBe(scene.goodword.code)
    await friend.page.goto(`${scene.site.url}/?ref=producthunt`)
    expect(await code(friend)).toBe(scene.goodword.code)
    await friend.page.goto(`${scene.site.url}/`)
    expect(await code(friend)).toBe(scene.goodword.code)
  })

  it('is taken when an application changes the address, and told once it is known to be ours', async () => {
    const ben = await scene.goodword.world.advocate(scene.goodword.campaignId, { name: 'Ben', email: 'b@mail.example' })
    const friend = await scene.open('/')
    const heard = friend.page.evaluate(
      (wanted) =>
        new Promise((resolve) => {
          document.addEventListener('goodword:referral', (event) => {
            const { detail } = event as CustomEvent
            if (detail.code === wanted) resolve(detail.code)
          })
          history.pushState({}, '', `/other?ref=${wanted}`)
        }),
      ben.code,
    )
    expect(await heard).toBe(ben.code)
    expect(new URL(friend.page.url()).search).toBe(`?ref=${ben.code}`)
    expect(await code(friend)).toBe(ben.code)
  })
})

describe('a website that asks for consent first', () => {
  it('has nothing stored before, everything after, and nothing again when it is taken back', async () => {
    const friend = await scene.open('/consent')
    await friend.page.getByText('Anna gave you').waitFor()
    expect(await code(friend)).toBe(scene.goodword.code)
    expect(await stored(friend)).toEqual([0, 0, 0])
    await friend.page.evaluate(() => window.Goodword?.setConsent(true))
    expect(await stored(friend)).toEqual([1, 0, 0])
    await friend.page.goto(`${scene.site.url}/consent`)
    expect(await code(friend)).toBe(scene.goodword.code)
    await friend.page.evaluate(() => window.Goodword?.setConsent(false))
    expect(await stored(friend)).toEqual([0, 0, 0])
    expect(await friend.page.context().cookies()).toEqual([])
    await friend.page.goto(`${scene.site.url}/consent`)
    expect(await code(friend)).toBeNull()
  })
})

describe('the global', () => {
  it('answers calls made before the tag had loaded', async () => {
    const methods =
      "'ready','identify','open','close','on','off','getReferral','attachTo','submit','setConsent','reset'"
    const stub = `<script>
      window.Goodword = window.Goodword || { q: [] };
      [${methods}].forEach(function (m) {
        Goodword[m] = Goodword[m] || function () {
          var call = [m].concat([].slice.call(arguments));
          return new Promise(function (done) { call.done = done; Goodword.q.push(call) });
        };
      });
      window.early = Goodword.getReferral();
    </script>`
    scene.site.put('/stub', `${stub}${tag(scene.goodword)}`)
    const friend = await scene.open('/stub')
    expect(await friend.page.evaluate(async () => (await Reflect.get(window, 'early')).code)).toBe(scene.goodword.code)
    await friend.page.evaluate(() => window.Goodword?.ready())
  })

  it('sends what a form of the page’s own making gives it, and says why when it is not taken', async () => {
    const friend = await scene.open('/')
    const sent = await friend.page.evaluate(async () => {
      const heard: unknown[] = []
      const note = (event: CustomEvent) => heard.push(event.detail)
      await window.Goodword?.on('submitted', note)
      const thanks = await window.Goodword?.submit({ name: 'Kim Lee', email: 'kim@mail.example' })
      await window.Goodword?.off('submitted', note)
      const again = await window.Goodword?.submit({ name: 'Kim Lee', email: 'kim@mail.example' }).catch((e) => e.code)
      return { title: thanks?.title, again, heard }
    })
    expect(sent).toEqual({
      title: 'Thanks, Kim. Your $20 credit is saved.',
      again: 'already_referred',
      heard: [{ code: scene.goodword.code }],
    })
    const { items } = await listReferrals(scene.goodword.world.ctx, { limit: 100, sort: 'oldest' })
    expect(items.filter(({ friend: { name } }) => name === 'Kim Lee')).toHaveLength(1)
  })

  it('fills in forms with what the page knows, and forgets all of it', async () => {
    const friend = await scene.open('/consent')
    await friend.page.getByText('Anna gave you').waitFor()
    await friend.page.evaluate(() => window.Goodword?.identify({ name: 'Priya Shah', email: 'priya@mail.example' }))
    expect(await friend.field('Your name').inputValue()).toBe('Priya Shah')
    expect(await stored(friend)).toEqual([0, 0, 0])
    await friend.page.evaluate(() => window.Goodword?.reset())
    expect(await code(friend)).toBeNull()
  })
})
