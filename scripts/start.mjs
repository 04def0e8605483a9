import { prepare, runGoodword } from './prepare.mjs'

await prepare()
await runGoodword(['start', ...process.argv.slice(2)])
