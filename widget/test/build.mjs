import { fileURLToPath } from 'node:url'
import { createBuilder } from 'vite'

// Usage: node widget/test/build.mjs <folder>. A process of its own, because a test's environment would build another bundle.
const outDir = process.argv[2]
const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
const environments = { loader: { build: { outDir } }, widget: { build: { outDir } } }
const builder = await createBuilder({ configFile, environments, logLevel: 'warn' })
await builder.build(builder.environments.loader)
await builder.build(builder.environments.widget)
