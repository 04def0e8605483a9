import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { verify, WebhookError } from '@goodword/webhooks'

const secrets = (process.env.WEBHOOK_SECRET ?? '').split(' ').filter(Boolean)
const port = Number(process.env.PORT ?? 4000)
const doneFile = process.env.DONE_FILE ?? 'done.txt'

if (secrets.length === 0) {
  console.error('Usage: WEBHOOK_SECRET=whsec_… node receive.mjs')
  process.exit(1)
}

// The ids of handled events. Store yours in your own table, in the same transaction as your changes.
const done = new Set(existsSync(doneFile) ? readFileSync(doneFile, 'utf8').split('\n') : [])

/** What your business does for an event. */
function act({ type, data }) {
  if (type === 'referral.converted') console.log(`Referral ${data.referralId} converted.`)
  else console.log(`Received ${type}.`)
}

/** The raw bytes: the signature is over them, so they must not be parsed first. */
async function bytesOf(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const server = createServer(async (request, response) => {
  try {
    const event = await verify({ body: await bytesOf(request), headers: request.headers, secrets })
    if (done.has(event.id)) console.log(`Event ${event.id} was handled already.`)
    else {
      act(event)
      done.add(event.id)
      appendFileSync(doneFile, `${event.id}\n`)
    }
    // Any response other than 2xx is retried for three days.
    response.writeHead(204).end()
  } catch (error) {
    if (!(error instanceof WebhookError)) console.error(error)
    else console.log(`Rejected (${error.code}): ${error.message}`)
    response.writeHead(error instanceof WebhookError ? 400 : 500).end()
  }
})

server.listen(port, '127.0.0.1', () => console.log(`Listening on http://localhost:${server.address().port}/`))
