import { expect, it } from 'vitest'
import { createPortalUrl } from './portalUrl.ts'

function urlAt(search: string) {
  const at = { location: { pathname: '/portal', search }, visited: [] as string[] }
  const move = (_: unknown, __: string, url?: string | URL | null) => {
    at.visited.push(String(url))
    at.location.search = new URL(String(url), 'http://portal.test').search
  }
  const url = createPortalUrl({ location: at.location, history: { pushState: move, replaceState: move } })
  return { url, at }
}

it('the page and the campaign are written to the URL and read from it', () => {
  const { url, at } = urlAt('?campaign=ANNA4K7')
  expect([url.page.value, url.campaign.value]).toEqual(['home', 'ANNA4K7'])
  url.go('account')
  url.go('account')
  expect(at.visited).toEqual(['/portal?campaign=ANNA4K7&page=account'])
  at.location.search = '?campaign=ANNA2SP'
  url.sync()
  expect([url.page.value, url.campaign.value]).toEqual(['home', 'ANNA2SP'])
  url.choose(null)
  expect(at.visited.at(-1)).toBe('/portal')
})
