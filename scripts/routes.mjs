import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { root } from './prepare.mjs'

// Writes the part of the endpoint table that browsers need.
const { module } = await runnerImport(join(root, 'packages/contracts/build/routes.ts'))
writeFileSync(join(root, 'packages/contracts/src/routes.ts'), module.routesFile())
