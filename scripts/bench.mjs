import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

await prepare()
const { runnerImport } = await import('vite')
const { module } = await runnerImport(fileURLToPath(new URL('../bench/run.ts', import.meta.url)))
await module.run(process.argv.slice(2))
