import { createClient } from '@goodword/client'
import { expect, it } from 'vitest'
import { json } from './testClient.testing.ts'
import { rememberUnanswered } from './unansweredWrites.ts'

/** A server that does each key once. It loses its answers, or a proxy answers in its place, while `loses` says so. */
function server() {
  const done = new Map<string, string>()
  let loses: 'nothing' | 'answers' | 'to a proxy' = 'answers'
  let now = 0
  const answer: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    done.set(request.headers.get('idempotency-key') ?? '', await request.text())
    if (loses === 'answers') throw new TypeError('Failed to fetch')
    return loses === 'to a proxy' ? new Response('<h1>Bad gateway</h1>', { status: 502 }) : json({})
  }
  const client = createClient({
    baseUrl: 'http://goodword.test',
    fetch: rememberUnanswered(answer, () => now),
    timeoutMs: 30_000,
  })
  return {
    done,
    lose: (what: typeof loses) => {
      loses = what
    },
    wait: (ms: number) => {
      now += ms
    },
    note: (text: string) =>
      client.referrals
        .addNote({ params: { id: 'ref_1' }, body: { text } } as never)
        .then(() => 'answered')
        .catch(() => 'lost'),
  }
}

it.each(['answers', 'to a proxy'] as const)(
  'a write that loses %s is done once, however often it is tried',
  async (what) => {
    const { done, lose, note } = server()
    lose(what)
    expect(await note('Call back')).toBe('lost')
    lose('nothing')
    expect(await note('Call back')).toBe('answered')
    expect(done.size).toBe(1)
    // It was answered: the same once more is meant so.
    await note('Call back')
    expect(done.size).toBe(2)
  },
)

it('another content, or the same much later, is another write', async () => {
  const { done, lose, note, wait } = server()
  lose('to a proxy')
  await note('Call back')
  await note('Call back on Monday')
  expect(done.size).toBe(2)
  wait(11 * 60_000)
  await note('Call back')
  expect(done.size).toBe(3)
})
