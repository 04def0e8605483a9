import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Builds loader and form as they are shipped, into `folder`. */
export async function buildWidget(folder: string): Promise<void> {
  const script = fileURLToPath(new URL('build.mjs', import.meta.url))
  await promisify(execFile)(process.execPath, [script, folder], { env: { ...process.env, NODE_ENV: 'production' } })
}
