import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createBuilder } from 'vite'

// Usage: GOODWORD_CATALOGS=<catalogs> node api/language/build.mjs <folder>. Builds the production widget and portal
// with the languages of those catalogs. Runs in a process of its own, because the test environment would produce
// different bundles.
process.env.NODE_ENV = 'production'
const folder = process.argv[2]
const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
const folderOf = (name) => {
  if (name === 'portal') return 'portal/dist'
  if (name === 'loader') return 'widget/dist'
  return name.startsWith('widget') ? 'widget/dist/parts' : null
}
const { environments: all } = await createBuilder({ configFile, logLevel: 'warn' })
const mine = Object.keys(all).filter(folderOf)
const environments = Object.fromEntries(
  mine.map((name) => [name, { build: { outDir: join(folder, folderOf(name)), emptyOutDir: false, sourcemap: false } }]),
)
const builder = await createBuilder({ configFile, environments, logLevel: 'warn' })
for (const name of mine) await builder.build(builder.environments[name])
