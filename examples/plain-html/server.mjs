import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const key = process.argv[2] ?? process.env.GOODWORD_KEY
const server = process.argv[3] ?? process.env.GOODWORD_SERVER ?? 'http://localhost:3000'
const port = Number(process.env.PORT ?? 3001)

if (!key?.startsWith('pk_') || !URL.canParse(server)) {
  console.error('Usage: node server.mjs <publishable key: pk_…> [address of Goodword: http://localhost:3000]')
  process.exit(1)
}

const attribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
const page = readFileSync(new URL('index.html', import.meta.url), 'utf8')
  .replaceAll('__SERVER__', attribute(new URL(server).origin))
  .replaceAll('__KEY__', attribute(key))

const site = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://site')
  response.setHeader('content-type', pathname === '/' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8')
  response.statusCode = pathname === '/' ? 200 : 404
  response.end(pathname === '/' ? page : 'Not found')
})

site.on('error', (error) => {
  const busy = error.code === 'EADDRINUSE'
  console.error(busy ? `Port ${port} is taken. Choose another: PORT=3002 node server.mjs …` : error.message)
  process.exit(1)
})

site.listen(port, '127.0.0.1', () => console.log(`Harbor & Sons is open at http://127.0.0.1:${site.address().port}`))
