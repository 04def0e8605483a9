import { expect, it } from 'vitest'
import { createPlace } from './place.ts'

function placeAt(search: string) {
  const at = { location: { pathname: '/portal', search }, visited: [] as string[] }
  const move = (_: unknown, __: string, url?: string | URL | null) => {
    at.visited.push(String(url))
    at.location.search = new URL(String(url), 'http://portal.test').search
  }
  const place = createPlace({ location: at.location, history: { pushState: move, replaceState: move } })
  return { place, at }
}

it('the page and the campaign are in the address, and come back from it', () => {
  const { place, at } = placeAt('?campaign=ANNA4K7')
  expect([place.page.value, place.campaign.value]).toEqual(['home', 'ANNA4K7'])
  place.go('account')
  place.go('account')
  expect(at.visited).toEqual(['/portal?campaign=ANNA4K7&page=account'])
  at.location.search = '?campaign=ANNA2SP'
  place.follow()
  expect([place.page.value, place.campaign.value]).toEqual(['home', 'ANNA2SP'])
  place.choose(null)
  expect(at.visited.at(-1)).toBe('/portal')
})
