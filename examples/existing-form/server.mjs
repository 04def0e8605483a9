import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const key = process.argv[2]
const server = process.argv[3] ?? 'http://localhost:3000'
const port = Number(process.env.PORT ?? 3003)

if (!key?.startsWith('pk_') || !URL.canParse(server)) {
  console.error('Usage: node server.mjs <publishable key: pk_…> [address of Goodword: http://localhost:3000]')
  process.exit(1)
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
const page = readFileSync(new URL('index.html', import.meta.url), 'utf8')
  .replaceAll('__SERVER__', escaped(new URL(server).origin))
  .replaceAll('__KEY__', escaped(key))

const answer = (response, status, html) =>
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html)

const site = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://site')
  if (pathname === '/') return answer(response, 200, page)
  if (pathname !== '/contact' || request.method !== 'POST') return answer(response, 404, 'Not found')
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const form = new URLSearchParams(Buffer.concat(chunks).toString())
  // Your own form already does something here: an email, a database row, a ticket. The code is in the hidden
  // field.
  const sentBy = form.get('referral') ? ` Your code is ${escaped(form.get('referral'))}.` : ''
  return answer(
    response,
    200,
    `<!doctype html><title>Thanks</title><h1>Thanks, ${escaped(form.get('name') ?? '')}.${sentBy}</h1>`,
  )
})

site.on('error', (error) => {
  const busy = error.code === 'EADDRINUSE'
  console.error(busy ? `Port ${port} is taken. Choose another: PORT=3005 node server.mjs …` : error.message)
  process.exit(1)
})

site.listen(port, '127.0.0.1', () => console.log(`Harbor & Sons is open at http://127.0.0.1:${site.address().port}`))
