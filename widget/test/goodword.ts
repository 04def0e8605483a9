import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { createApp } from '../../api/src/app.ts'
import { readConfig } from '../../api/src/config.ts'
import { addSite } from '../../api/src/modules/platform/organizations/sites.ts'
import { openServices } from '../../api/src/services.ts'
import type { Services } from '../../api/src/shared/context.ts'
import { listen } from '../../api/src/shared/listen.ts'
import { createWorld, stranger, type World } from '../../api/test/harness.ts'
import { migratedDatabase } from '../../api/test/templates.ts'
import { builtWidget } from './build.ts'

export type Goodword = {
  /** Not the site of the business's pages, which are on localhost. */
  url: string
  key: string
  world: World
  services: Services
  /** Anna's link in an active campaign: $20 credit for the friend. */
  campaignId: string
  code: string
  allow(origin: string): Promise<void>
  /** Advances the clock of the server, never the browser's. */
  advance(milliseconds: number): void
  stop(): Promise<void>
}

/**
 * The real server with its own database, the current widget, and one business with one advocate. `settings` are environment
 * variables.
 */
export async function startGoodword(settings: Record<string, string> = {}): Promise<Goodword> {
  const folder = mkdtempSync(join(tmpdir(), 'goodword-widget-'))
  const files = await builtWidget()
  const file = join(folder, 'goodword.db')
  writeFileSync(file, await migratedDatabase())
  const database = `file:${file}`
  const opened = await openServices(
    readConfig({ DATABASE_URL: database, LOG_LEVEL: 'silent', RATE_LIMITS: 'off', DEMO: 'off', ...settings }),
  )
  let ahead = 0
  const services = { ...opened.services, clock: () => Date.now() + ahead }
  const app = createApp(services, { files })
  const front = await listen({ host: '127.0.0.1', port: 0, portSetting: 'PORT' }, getRequestListener(app.fetch))
  const world = await createWorld(services)
  const campaign = await world.campaign()
  const anna = await world.advocate(campaign.id, { ...stranger(), name: 'Anna Kowalski', email: 'anna@mail.example' })
  return {
    url: `http://127.0.0.1:${front.port}`,
    key: world.publishableKey,
    world,
    services,
    campaignId: campaign.id,
    code: anna.code,
    allow: async (origin) => void (await addSite(world.ctx, { origin })),
    advance(milliseconds) {
      ahead += milliseconds
    },
    async stop() {
      await front.stop(0)
      await opened.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
