import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadStaticFiles, type StaticFiles } from '../../api/src/shared/staticFiles.ts'

/** Builds the loader and parts as they are shipped, and reads them. */
async function build(): Promise<StaticFiles> {
  const script = fileURLToPath(new URL('build.mjs', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'goodword-widget-'))
  const outDir = join(folder, 'widget', 'dist')
  try {
    await promisify(execFile)(process.execPath, [script, outDir], { env: { ...process.env, NODE_ENV: 'production' } })
    return loadStaticFiles(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

let built: Promise<StaticFiles> | undefined
/** The current widget, built once for all test files of this process. */
export function builtWidget(): Promise<StaticFiles> {
  built ??= build()
  return built
}
