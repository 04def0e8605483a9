import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createBuilder } from 'vite'

// Usage: node widget/test/build.mjs <folder>. Runs in its own process, because the bundle would differ in a test's
// environment.
const outDir = process.argv[2]
const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
const isPart = (name) => name.startsWith('widget')
const mine = (name) => name === 'loader' || isPart(name)
const { environments: all } = await createBuilder({ configFile, logLevel: 'warn' })
const environments = Object.fromEntries(
  Object.keys(all)
    .filter(mine)
    .map((name) => [name, { build: { outDir: isPart(name) ? join(outDir, 'parts') : outDir } }]),
)
const builder = await createBuilder({ configFile, environments, logLevel: 'warn' })
for (const name of Object.keys(environments)) await builder.build(builder.environments[name])
