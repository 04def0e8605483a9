import { afterEach, expect, it } from 'vitest'
import { listenForDemo } from './demo.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function website(page: () => string | null) {
  const listening = await listenForDemo(0, page)
  closing.push(() => listening.stop(0))
  return `http://127.0.0.1:${listening.port}`
}

it("the demo business's website answers HEAD like GET, without the body", async () => {
  const address = await website(() => '<h1>Harbor & Sons</h1>')
  const got = await fetch(address)
  const head = await fetch(address, { method: 'HEAD' })
  expect([got.status, await got.text()]).toEqual([200, '<h1>Harbor & Sons</h1>'])
  expect([head.status, await head.text()]).toEqual([200, ''])
  expect(head.headers.get('content-type')).toBe(got.headers.get('content-type'))
})

it("the demo business's website responds 503 while it starts, and has no other page and no icon", async () => {
  let html: string | null = null
  const address = await website(() => html)
  const starting = await fetch(address)
  expect([starting.status, await starting.text()]).toEqual([503, 'Starting. Load again in a moment.\n'])
  html = '<h1>Harbor & Sons</h1>'
  const statuses = await Promise.all(
    ['/', '/about', '/favicon.ico'].map(async (path) => (await fetch(address + path)).status),
  )
  expect(statuses).toEqual([200, 404, 204])
})
