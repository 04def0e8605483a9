import { expect, it } from 'vitest'
import { createOneAtATime } from './oneAtATime.ts'
import { clientRespondingWith, idOf, problemResponse } from './testClient.testing.ts'

it('what another tab did already is read again where the server refuses it, and not where nothing answers', async () => {
  const after: boolean[] = []
  const actions = createOneAtATime(async (done) => after.push(done))
  const retry = (respond: () => Response) =>
    actions.run('retry', () => clientRespondingWith(respond).client.jobEvents.retry({ params: { id: idOf('jev', 1) } }))
  expect(await retry(() => problemResponse('event_not_retryable'))).toBeNull()
  expect(actions.problem.value).toBe(
    'This event can’t be tried again. It has been read since, or what was sent has been deleted. Look at what came of it.',
  )
  expect(after).toEqual([false])
  await retry(() => new Response('<h1>Bad gateway</h1>', { status: 502 }))
  expect(after).toEqual([false])
  await retry(() => Response.json({}))
  expect([after, actions.problem.value]).toEqual([[false, true], null])
})
