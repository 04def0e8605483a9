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

// The ids of what was done. Yours belong in the table you write, in the same transaction.
const done = new Set(existsSync(doneFile) ? readFileSync(doneFile, 'utf8').split('\n') : [])

/** What your business does about an event. */
function act({ type, data }) {
  if (type === 'referral.converted') console.log(`Referral ${data.referralId} converted.`)
  else console.log(`Heard of ${type}.`)
}

/** The bytes as they came: the signature is over them, so nothing may parse them first. */
async function bytesOf(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const server = createServer(async (request, response) => {
  try {
    const event = await verify({ body: await bytesOf(request), headers: request.headers, secrets })
    if (done.has(event.id)) console.log(`Event ${event.id} came again; nothing to do.`)
    else {
      act(event)
      done.add(event.id)
      appendFileSync(doneFile, `${event.id}\n`)
    }
    // Whatever is not 2xx is sent again, for three days.
    response.writeHead(204).end()
  } catch (error) {
    if (!(error instanceof WebhookError)) console.error(error)
    else console.log(`Refused (${error.code}): ${error.message}`)
    response.writeHead(error instanceof WebhookError ? 400 : 500).end()
  }
})

server.listen(port, '127.0.0.1', () => console.log(`Listening on http://localhost:${server.address().port}/`))
