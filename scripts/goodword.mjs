import { prepare, runGoodword } from './prepare.mjs'

await prepare()
await runGoodword(process.argv.slice(2))
