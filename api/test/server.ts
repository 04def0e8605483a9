import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { startServer } from '../src/server.ts'

/**
 * The real server on a port and in a folder of its own, with the built pages and widget. `settings` are those of the
 * environment; there is no demo unless DEMO is on.
 */
export async function startTestServer(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'goodword-'))
  const config = readConfig({
    PORT: '0',
    DEMO_PORT: '0',
    DEMO: 'off',
    DATABASE_URL: `file:${join(folder, 'goodword.db')}`,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'error',
    ...settings,
  })
  const server = await startServer(config)
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
