import { beforeAll, describe, expect, it } from 'vitest'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'
import type { Visit } from './visit.ts'

const setup = setupWidgetTest()
const consentTag = () => tag(setup.goodword).replace('data-key', 'data-consent="required" data-key')
beforeAll(() => {
  setup.site.put('/', `${tag(setup.goodword)}<h1>Plumbing</h1><main></main>`)
  setup.site.put('/consent', `${consentTag()}${form}`)
})

const code = ({ page }: Visit) => page.evaluate(async () => (await window.Goodword?.getReferral())?.code ?? null)
const stored = ({ page }: Visit) =>
  page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie.length])

describe('a code in the URL', () => {
  it('does not replace a valid code if it is unknown', async () => {
    const friend = await setup.open('/')
    expect(await code(friend)).toBe(setup.goodword.code)
    await friend.page.goto(`${setup.site.url}/?ref=producthunt`)
    expect(await code(friend)).toBe(setup.goodword.code)
    await friend.page.goto(`${setup.site.url}/`)
    expect(await code(friend)).toBe(setup.goodword.code)
  })

  it('is read when an application changes the URL, and announced once the server confirms it', async () => {
    const ben = await setup.goodword.world.advocate(setup.goodword.campaignId, { name: 'Ben', email: 'b@mail.example' })
    const friend = await setup.open('/')
    const received = friend.page.evaluate(
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
    expect(await received).toBe(ben.code)
    expect(new URL(friend.page.url()).search).toBe(`?ref=${ben.code}`)
    expect(await code(friend)).toBe(ben.code)
  })
})

describe('a website that asks for consent first', () => {
  it('stores nothing before consent, everything after it, and nothing again once it is withdrawn', async () => {
    const friend = await setup.open('/consent')
    await friend.page.getByText('Anna gave you').waitFor()
    expect(await code(friend)).toBe(setup.goodword.code)
    expect(await stored(friend)).toEqual([0, 0, 0])
    await friend.page.evaluate(() => window.Goodword?.setConsent(true))
    expect(await stored(friend)).toEqual([1, 0, expect.any(Number)])
    expect(await friend.page.context().cookies()).toHaveLength(1)
    await friend.page.goto(`${setup.site.url}/consent`)
    expect(await code(friend)).toBe(setup.goodword.code)
    await friend.page.evaluate(() => window.Goodword?.setConsent(false))
    expect(await stored(friend)).toEqual([0, 0, 0])
    expect(await friend.page.context().cookies()).toEqual([])
    await friend.page.goto(`${setup.site.url}/consent`)
    expect(await code(friend)).toBeNull()
  })
})

describe('the global', () => {
  it('answers calls made before the tag loaded', async () => {
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
    setup.site.put('/stub', `${stub}${tag(setup.goodword)}`)
    const friend = await setup.open('/stub')
    expect(await friend.page.evaluate(async () => (await Reflect.get(window, 'early')).code)).toBe(setup.goodword.code)
    await friend.page.evaluate(() => window.Goodword?.ready())
  })

  it('submits data from a custom form, and says why if it is rejected', async () => {
    const friend = await setup.open('/')
    const sent = await friend.page.evaluate(async () => {
      const received: unknown[] = []
      const note = (event: CustomEvent) => received.push(event.detail)
      await window.Goodword?.on('submitted', note)
      const thanks = await window.Goodword?.submit({ name: 'Kim Lee', email: 'kim@mail.example' })
      await window.Goodword?.off('submitted', note)
      const again = await window.Goodword?.submit({ name: 'Kim Lee', email: 'kim@mail.example' }).catch((e) => e.code)
      return { title: thanks?.title, again, received }
    })
    expect(sent).toEqual({
      title: 'Thanks, Kim. Your $20 credit is saved.',
      again: 'already_referred',
      received: [{ code: setup.goodword.code }],
    })
    const { items } = await listReferrals(setup.goodword.world.ctx, { limit: 100, sort: 'oldest' })
    expect(items.filter(({ friend: { name } }) => name === 'Kim Lee')).toHaveLength(1)
  })

  it('prefills forms with what the page knows, and forgets it on reset', async () => {
    const friend = await setup.open('/consent')
    await friend.page.getByText('Anna gave you').waitFor()
    await friend.page.evaluate(() => window.Goodword?.identify({ name: 'Priya Shah', email: 'priya@mail.example' }))
    expect(await friend.field('Your name').inputValue()).toBe('Priya Shah')
    expect(await stored(friend)).toEqual([0, 0, 0])
    await friend.page.evaluate(() => window.Goodword?.reset())
    expect(await code(friend)).toBeNull()
  })
})
