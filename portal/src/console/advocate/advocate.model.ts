import type { Client } from '@goodword/client'
import type { AdvocateDetail, AskRow } from '@goodword/contracts'
import { createOneAtATime } from '../core/oneAtATime.ts'
import { createResource } from '../core/resource.ts'

const referralsShown = 20

/** One advocate in one campaign, with their latest referrals. */
export function createAdvocate({ client, id }: { client: Client; id: string }) {
  const advocate = createResource((abort) => client.advocates.get({ params: { id } }, { signal: abort }))
  const referrals = createResource((abort) =>
    client.referrals.list({ query: { advocateId: id, limit: referralsShown } }, { signal: abort }),
  )
  const { busy, problem, run } = createOneAtATime(() => advocate.load())
  const setAdvocate = (next: AdvocateDetail | null) => {
    if (next) advocate.data.value = next
    return next !== null
  }

  return {
    advocate,
    referrals,
    problem,
    busy,
    setAdvocate,
    load() {
      void advocate.load()
      void referrals.load()
    },
    /** Resolves to true when the message was queued. */
    resend: async () =>
      (await run('resend', async () => {
        await client.advocates.resend({ params: { id } })
        return true
      })) ?? false,
    /** Resolves to the new ask; null if the limits of the campaign or what they want forbid it. */
    ask: (): Promise<AskRow | null> => run('ask', () => client.advocates.ask({ params: { id } })),
    archive: async () => setAdvocate(await run('archive', () => client.advocates.archive({ params: { id } }))),
    restore: async () => setAdvocate(await run('restore', () => client.advocates.restore({ params: { id } }))),
  }
}

export type AdvocateModel = ReturnType<typeof createAdvocate>
