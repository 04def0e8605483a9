import { writeSync } from 'node:fs'
import pino from 'pino'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/database.ts'
import type { Services } from '../src/shared/context.ts'
import { createIds } from '../src/shared/ids.ts'
import { createSigner } from '../src/shared/signer.ts'
import { errandQueue } from './errands.ts'

/**
 * A process that runs errands: each is a POST with its id to a URL. It halts for good at the step it is told to, and
 * prints that. Arguments: DATABASE_URL, the time, the URL, and where to halt.
 */
const [url = '', now = '0', address = '', stopAt = ''] = process.argv.slice(2)
const clock = () => Number(now)
const services: Services = {
  config: readConfig({ DATABASE_URL: url, LOG_LEVEL: 'silent' }),
  database: openDatabase({ databaseUrl: url, databaseAuthToken: undefined }),
  clock,
  newId: createIds(clock),
  signer: createSigner('a secret of the tests, long enough'),
  log: pino({ level: 'silent' }),
  sends: { email: false, sms: false },
  modules: [],
}

function reached(where: string) {
  if (where !== stopAt) return
  writeSync(1, `${where}\n`)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

const worker = errandQueue(
  async (id) => {
    reached('claimed')
    await fetch(address, { method: 'POST', body: id })
    reached('attempted')
    return { went: 'done', result: null }
  },
  { settled: () => reached('settling') },
).openWorker(services)
await worker.run()
reached('settled')
