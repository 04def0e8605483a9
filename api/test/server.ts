import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { startServer } from '../src/server.ts'
import { loadStaticFiles, type StaticFiles } from '../src/shared/staticFiles.ts'
import { databaseTemplate, migratedDatabase } from './templates.ts'

const quietly = { PORT: '0', DEMO_PORT: '0', DEMO: 'off', RATE_LIMITS: 'off', LOG_LEVEL: 'error' }

let built: StaticFiles | undefined
/** The built pages and widget, read and compressed once for all servers in this process. */
function builtFiles(): StaticFiles {
  built ??= loadStaticFiles()
  return built
}

/** The demo business with its year of data. */
const demoDatabase = databaseTemplate(async (url) => {
  const server = await startServer(readConfig({ ...quietly, DEMO: 'on', DATABASE_URL: url }), builtFiles())
  await server.stop()
})

/**
 * A real server with its own port and folder, and with the built pages and widget. `settings` are environment
 * variables; there is no demo unless DEMO is on. `files` replace the last build.
 */
export async function startTestServer(settings: Record<string, string> = {}, files?: StaticFiles) {
  const folder = mkdtempSync(join(tmpdir(), 'goodword-'))
  const file = join(folder, 'goodword.db')
  const config = readConfig({ ...quietly, DATABASE_URL: `file:${file}`, ...settings })
  writeFileSync(file, await (config.demo ? demoDatabase() : migratedDatabase()))
  const server = await startServer(config, files ?? builtFiles())
  return {
    ...server,
    folder,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>
