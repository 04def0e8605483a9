import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { binary, root, runHere } from './prepare.mjs'

// Generates the TypeScript types of the catalogs: keys, placeholders and languages.
const { module } = await runnerImport(join(root, 'packages/words/build/keys.ts'))
const files = module.generatedFiles()
for (const [path, content] of files) writeFileSync(join(root, path), content)
process.exitCode = await runHere([process.execPath, binary('biome'), 'format', '--write', ...files.keys()])
