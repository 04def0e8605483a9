import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { signIdentity } from '@goodword/client/identity'

const [, , pageKey, keyId, server = 'http://localhost:3000'] = process.argv
const key = process.env.GOODWORD_IDENTITY_KEY
const port = Number(process.env.PORT ?? 3005)

if (!pageKey?.startsWith('pk_') || !keyId?.startsWith('key_') || !key?.startsWith('ik_') || !URL.canParse(server)) {
  console.error('Usage: GOODWORD_IDENTITY_KEY=ik_… node server.mjs <pk_…> <key_…> [address of Goodword]')
  process.exit(1)
}

/** The customers of this business. A real website asks for a password. */
const customers = {
  anna: { name: 'Anna Kowalski', email: 'anna@mail.example' },
  ben: { name: 'Ben Ode', email: 'ben@mail.example' },
}
/** Who is signed in, by the token in their cookie. */
const sessions = new Map()

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
const page = readFileSync(new URL('index.html', import.meta.url), 'utf8')
  .replaceAll('__SERVER__', escaped(new URL(server).origin))
  .replaceAll('__KEY__', escaped(pageKey))

const customerOf = ({ headers }) => sessions.get(/\bsession=([\w-]+)/.exec(headers.cookie ?? '')?.[1])

const site = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost')
  const customer = customerOf(request)
  if (request.method === 'POST' && pathname.startsWith('/sign-in/')) {
    const known = customers[pathname.slice('/sign-in/'.length)]
    const session = randomUUID()
    if (known) sessions.set(session, known)
    response.writeHead(204, { 'set-cookie': `session=${session}; Path=/; HttpOnly; SameSite=Strict` }).end()
  } else if (request.method === 'POST' && pathname === '/sign-out') {
    response.writeHead(204, { 'set-cookie': 'session=; Path=/; Max-Age=0' }).end()
  } else if (pathname === '/goodword-token') {
    // Only for the customer of the session: the browser can't ask for anybody else's.
    if (!customer) return response.writeHead(401, { 'cache-control': 'no-store' }).end()
    const token = await signIdentity({ key, keyId, ...customer, expiresIn: 600 })
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end(token)
  } else {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
  }
})

site.on('error', (error) => {
  const busy = error.code === 'EADDRINUSE'
  console.error(busy ? `Port ${port} is taken. Choose another: PORT=3006 node server.mjs …` : error.message)
  process.exit(1)
})

site.listen(port, '127.0.0.1', () => console.log(`Harbor & Sons is open at http://127.0.0.1:${site.address().port}`))
