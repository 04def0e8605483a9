import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

await prepare()
const { runnerImport } = await import('vite')
const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const { module: catalogs } = await runnerImport(at('../packages/words/build/plugin.ts'))
const { module } = await runnerImport(at('../bench/run.ts'), { plugins: [catalogs.words()] })
await module.run(process.argv.slice(2))
