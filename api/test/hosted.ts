import { createApp } from '../src/app.ts'
import { createTestServices, createWorld } from './harness.ts'

export type Fields = Record<string, string>

/** The headers a browser sends. */
export const browser = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)' }

export const priya = {
  name: 'Priya Shah',
  phone: '(415) 555-0142',
  email: '',
  message: 'The kitchen drain is slow.',
  website: '',
}

/** A page, with the form token in it. */
export async function pageOf(response: Response) {
  const html = await response.text()
  const token = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? ''
  return { status: response.status, html, headers: response.headers, token }
}

/** Anna's link in a campaign, used as a browser without scripts would. */
export async function createHostedWorld() {
  const test = await createTestServices()
  const world = await createWorld(test.services)
  const campaign = await world.campaign({}, { termsText: 'One offer for each household.' })
  const anna = await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
  const app = createApp(test.services)
  const open = async (code = anna.code, headers: Fields = browser) =>
    pageOf(await app.request(`/r/${code}`, { headers }))
  const post = (fields: Fields, code = anna.code) =>
    app.request(`/r/${code}`, { method: 'POST', body: new URLSearchParams(fields), headers: browser })
  return {
    ...test,
    world,
    campaign,
    anna,
    app,
    open,
    post,
    /** Opens the page, takes five seconds to type, and submits it. */
    async fill(fields: Fields) {
      const { token } = await open()
      test.clock.advance(5_000)
      return post({ ...priya, formToken: token, ...fields })
    },
    flags: async () =>
      (await test.services.database.read.all<[string]>('SELECT flags FROM referrals ORDER BY created_at')).map(
        ([flags]) => JSON.parse(flags) as string[],
      ),
    referrals: () =>
      test.services.database.read.all<[string, string]>('SELECT source, status FROM referrals ORDER BY created_at'),
  }
}

export type HostedWorld = Awaited<ReturnType<typeof createHostedWorld>>

export const fieldOf = (html: string, name: string) =>
  new RegExp(`<(?:input|textarea)[^>]*id="${name}"[^>]*>`).exec(html)?.[0]

/** The text of a page without its markup. */
export const textOf = (html: string) => html.replace(/<[^>]+>/g, '')

/** The message below a field. */
export const fieldErrorOf = (html: string, name: string) =>
  new RegExp(`id="${name}-below"[^>]*>(.*?)</span></span>`, 's')
    .exec(html)?.[1]
    ?.replace(/<[^>]+>/g, '')
    .trim()

/** The message about the whole form. */
export const noticeOf = (html: string) => /role="alert"[^>]*>.*?<span>(.*?)<\/span>/s.exec(html)?.[1]
