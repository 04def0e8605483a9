import type { Client } from '@goodword/client'
import type { AdvocateDetail } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { toFailure } from '../core/failure.ts'
import { createResource } from '../core/resource.ts'

const referralsShown = 20

/** One advocate of one campaign, with their latest referrals. */
export function createAdvocate({ client, id }: { client: Client; id: string }) {
  const advocate = createResource((abort) => client.advocates.get({ params: { id } }, { signal: abort }))
  const referrals = createResource((abort) =>
    client.referrals.list({ query: { advocateId: id, limit: referralsShown } }, { signal: abort }),
  )
  const problem = signal<string | null>(null)
  const working = signal<'resend' | 'archive' | 'restore' | null>(null)

  async function doing<T>(what: 'resend' | 'archive' | 'restore', work: () => Promise<T>): Promise<T | null> {
    if (working.value !== null) return null
    working.value = what
    problem.value = null
    try {
      return await work()
    } catch (error) {
      problem.value = toFailure(error).sentence
      return null
    } finally {
      working.value = null
    }
  }
  const put = (next: AdvocateDetail | null) => {
    if (next) advocate.data.value = next
    return next !== null
  }

  return {
    advocate,
    referrals,
    problem,
    working,
    put,
    load() {
      void advocate.load()
      void referrals.load()
    },
    /** True when the message is on its way. */
    resend: async () =>
      (await doing('resend', async () => {
        await client.advocates.resend({ params: { id } })
        return true
      })) ?? false,
    archive: async () => put(await doing('archive', () => client.advocates.archive({ params: { id } }))),
    restore: async () => put(await doing('restore', () => client.advocates.restore({ params: { id } }))),
  }
}

export type AdvocateModel = ReturnType<typeof createAdvocate>
