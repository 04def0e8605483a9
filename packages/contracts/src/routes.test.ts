import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { routesFile } from '../build/routes.ts'

it('the plain routes match the endpoints; `npm run routes` writes them', () => {
  expect(readFileSync(fileURLToPath(new URL('./routes.ts', import.meta.url)), 'utf8')).toBe(routesFile())
})
