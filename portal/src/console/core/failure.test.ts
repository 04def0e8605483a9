import { createClient } from '@goodword/client'
import { describe, expect, it } from 'vitest'
import { loadFailureText, toFailure } from './failure.ts'

describe('when a page does not load, the text says why', () => {
  const failing = async (fetch: typeof globalThis.fetch) => {
    const client = createClient({ baseUrl: 'http://goodword.test', fetch, timeoutMs: 10 })
    return loadFailureText(toFailure(await client.campaigns.list({}).catch((error: unknown) => error)))
  }

  it('without a connection', async () => {
    const text = await failing(() => Promise.reject(new TypeError('Failed to fetch')))
    expect(text).toBe('Your server could not be reached. Check your connection. Nothing is lost.')
  })
  it('with a server that takes too long', async () => {
    const text = await failing(() => new Promise(() => {}))
    expect(text).toBe('Your server did not answer in 10 seconds. Nothing is lost.')
  })
  it('with a page of a proxy in place of an answer', async () => {
    const text = await failing(async () => new Response('<h1>Bad Gateway</h1>', { status: 502 }))
    expect(text).toBe('A proxy answered instead of your server. Nothing is lost.')
  })
  it('with a refusal of the server', async () => {
    const problem = { code: 'forbidden', title: 'Not allowed', detail: 'Ask an admin.', status: 403 }
    expect(await failing(async () => Response.json(problem, { status: 403 }))).toBe('Not allowed. Ask an admin.')
  })
  it('with a fault of our own', () => {
    expect(loadFailureText(toFailure(new RangeError('index')))).toBe(
      'Something went wrong on our side. Reload the page.',
    )
  })
})
