import { expect, it } from 'vitest'
import { endpoints } from './endpoints.ts'
import { routes } from './routes.ts'

it('the plain routes match the endpoints', () => {
  const said = Object.entries(endpoints).map(([group, verbs]) => [
    group,
    Object.fromEntries(Object.entries(verbs).map(([verb, { method, path }]) => [verb, `${method} ${path}`])),
  ])
  expect(routes).toEqual(Object.fromEntries(said))
})
