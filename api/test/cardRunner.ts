import { writeSync } from 'node:fs'
import pino from 'pino'
import { readConfig } from '../src/config.ts'
import { type Database, openDatabase } from '../src/database/database.ts'
import { giftCardQueue } from '../src/modules/money/rewards/giftCards/cards.queue.ts'
import { modules } from '../src/modules.ts'
import { createIds } from '../src/shared/ids.ts'
import { createSigner } from '../src/shared/signer.ts'

/**
 * A process that buys the gift cards that are due. It halts for good once the provider has answered, before that is
 * committed. Arguments: DATABASE_URL, the time, and where the provider is.
 */
const [url = '', now = '0', provider = ''] = process.argv.slice(2)
const clock = () => Number(now)
const database = openDatabase({ databaseUrl: url, databaseAuthToken: undefined })
let writes = 0
const halting: Database['write'] = (work) =>
  database.write(async (tx) => {
    const answer = await work(tx)
    writes += 1
    // The first write is the claim.
    if (writes === 2) {
      writeSync(1, 'answered\n')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    }
    return answer
  })

const worker = giftCardQueue.openWorker({
  config: readConfig({ DATABASE_URL: url, LOG_LEVEL: 'silent', TREMENDOUS_BASE_URL: provider }),
  database: { ...database, write: halting },
  clock,
  newId: createIds(clock),
  signer: createSigner('a secret of the tests, long enough'),
  log: pino({ level: 'silent' }),
  sends: { email: false, sms: false },
  modules,
})
writeSync(1, 'starts\n')
await worker.run()
