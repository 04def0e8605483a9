import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import pino from 'pino'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/database.ts'
import { databasePath } from '../src/database/databasePath.ts'
import { takeOwnership } from '../src/database/ownership.ts'
import { convertReferral, createReferral } from '../src/modules/surfaces/console/referrals.ts'
import { newFormToken } from '../src/modules/surfaces/embed/formToken.ts'
import { submitReferral } from '../src/modules/surfaces/embed/submit.ts'
import { modules } from '../src/modules.ts'
import { contextFor, type Services } from '../src/shared/context.ts'
import { createIds } from '../src/shared/ids.ts'
import { createSigner } from '../src/shared/signer.ts'

/**
 * A process that submits and converts as fast as it can, and prints each write once it was acknowledged. It starts when
 * it reads a line, and opens nothing before. Arguments: DATABASE_URL, organization, an advocate's code, a unique name.
 */
const [url = '', organizationId = '', code = '', name = ''] = process.argv.slice(2)
const config = readConfig({ DATABASE_URL: url, RATE_LIMITS: 'off', LOG_LEVEL: 'silent' })
const say = (line: string) => writeSync(1, `${line}\n`)

createInterface({ input: process.stdin }).once('line', () => {
  const ownership = takeOwnership(databasePath(url) ?? '')
  say(ownership ? 'owner' : 'taken')
  if (ownership) void work()
  else process.exit(1)
})
say('ready')

async function work() {
  const database = openDatabase(config)
  const clock = Date.now
  const services: Services = {
    modules,
    config,
    database,
    clock,
    newId: createIds(clock),
    signer: createSigner('a secret of the tests, long enough'),
    log: pino({ level: 'silent' }),
    sends: { email: false, sms: false },
  }
  await Promise.all(
    [1, 2, 3, 4].flatMap((worker) => [submitForEver(services, worker), convertForEver(services, worker)]),
  )
}

const friend = (who: string) => ({ name: who, email: `${who.replace(/\W/g, '.')}@mail.example` })

async function submitForEver(services: Services, worker: number) {
  const ctx = contextFor(services, organizationId, { type: 'friend' })
  for (let n = 0; ; n += 1) {
    const who = `form ${name} ${worker} ${n}`
    const drawn = { ...services, clock: () => services.clock() - 5_000 }
    const formToken = newFormToken(drawn, organizationId)
    await submitReferral(ctx, { code, formToken, ...friend(who) }, { source: 'widget', address: '203.0.113.9' })
    say(`submitted ${who}`)
  }
}

async function convertForEver(services: Services, worker: number) {
  const ctx = contextFor(services, organizationId, { type: 'system' })
  for (let n = 1; ; n += 1) {
    const referral = await createReferral(ctx, { code, friend: friend(`job ${name} ${worker} ${n}`), metadata: {} })
    await convertReferral(ctx, referral.id, { jobValue: n * 1_000, notify: true })
    say(`converted ${referral.id} ${n * 1_000}`)
  }
}
