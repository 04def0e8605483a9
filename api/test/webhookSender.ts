import { writeSync } from 'node:fs'
import pino from 'pino'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/database.ts'
import { createPost } from '../src/modules/platform/webhooks/post.ts'
import { deliverWebhooks } from '../src/modules/platform/webhooks/webhooks.jobs.ts'
import { modules } from '../src/modules.ts'
import type { Services } from '../src/shared/context.ts'
import { createIds } from '../src/shared/ids.ts'
import { createSigner } from '../src/shared/signer.ts'

/** A process that sends what is due and says when nothing is. Arguments: DATABASE_URL, and the time it begins at. */
const [url = '', begins = '0'] = process.argv.slice(2)
const started = Date.now()
const clock = () => Number(begins) + Date.now() - started
const services: Services = {
  modules,
  config: readConfig({ DATABASE_URL: url, LOG_LEVEL: 'silent' }),
  database: openDatabase({ databaseUrl: url, databaseAuthToken: undefined }),
  clock,
  newId: createIds(clock),
  signer: createSigner('a secret of the tests, long enough'),
  log: pino({ level: 'silent' }),
}
const post = createPost({ reach: 'loopback' })
for (;;) {
  const sent = await deliverWebhooks(services, post)
  writeSync(1, sent > 0 ? `sent ${sent}\n` : 'idle\n')
  await new Promise((resolve) => setTimeout(resolve, sent > 0 ? 0 : 20))
}
