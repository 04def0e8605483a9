import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const key = process.argv[2]
const server = process.argv[3] ?? 'http://localhost:3000'
const port = Number(process.env.PORT ?? 3004)

if (!key?.startsWith('pk_') || !URL.canParse(server)) {
  console.error('Usage: node server.mjs <publishable key: pk_…> [address of Goodword: http://localhost:3000]')
  process.exit(1)
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
const page = readFileSync(new URL('index.html', import.meta.url), 'utf8')
  .replaceAll('__SERVER__', escaped(new URL(server).origin))
  .replaceAll('__KEY__', escaped(key))

// Every URL serves the same page; the application renders the right view.
const site = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
})

site.on('error', (error) => {
  const busy = error.code === 'EADDRINUSE'
  console.error(busy ? `Port ${port} is taken. Choose another: PORT=3006 node server.mjs …` : error.message)
  process.exit(1)
})

site.listen(port, '127.0.0.1', () => console.log(`Harbor & Sons is open at http://127.0.0.1:${site.address().port}`))
