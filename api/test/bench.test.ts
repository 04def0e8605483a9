import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createFailures } from '../../bench/failures.ts'
import { download } from '../../bench/lists.machine.ts'
import { openLoop, prepare } from '../../bench/load.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open))
  return (server.address() as AddressInfo).port
}

describe('a measurement goes on', () => {
  it('when an export breaks off, and says how much of it arrived', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('0123456789', () => response.destroy())
    })
    const url = `http://127.0.0.1:${port}/export`
    const broken = await download(url, {})
    expect(broken).toMatchObject({ status: 200, bytes: 10, firstByteMs: expect.any(Number) })
    expect(broken.brokeOff).toMatch(/terminated/)
    const unheard = await download('http://127.0.0.1:1/export', {})
    expect(unheard).toMatchObject({ status: null, bytes: 0, firstByteMs: null, brokeOff: expect.any(String) })
  })

  it('when the server closes a connection that is in use: that request failed, and the next one opens another', async () => {
    let count = 0
    const port = await serve((request, response) => {
      count += 1
      if (count === 2) request.socket.destroy()
      else response.writeHead(201, { 'content-length': '0' }).end()
    })
    const requests = Array.from({ length: 5 }, () => prepare('GET', '/'))
    const measured = await openLoop(port, requests, { perSecond: 200, connections: 1, expect: 201 })
    expect(measured).toMatchObject({ count: 5, failed: 1 })
  })

  it('when requests fail, until more do than are allowed', async () => {
    const failures = createFailures(1)
    const lost = () => Promise.reject(new Error('No answer', { cause: new Error('reset') }))
    expect(await failures.note(() => Promise.resolve(7))).toBe(7)
    expect(await failures.note(lost)).toBeUndefined()
    expect([failures.count(), failures.first()]).toEqual([1, 'No answer: reset'])
    await expect(failures.note(lost)).rejects.toThrow('2 requests failed. No answer: reset')
  })
})
