import type { Client } from '@goodword/client'
import type { AdvocateDetail, AskRow } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { toFailure } from '../core/failure.ts'
import { createResource } from '../core/resource.ts'

const referralsShown = 20

type Action = 'resend' | 'archive' | 'restore' | 'ask'

/** One advocate in one campaign, with their latest referrals. */
export function createAdvocate({ client, id }: { client: Client; id: string }) {
  const advocate = createResource((abort) => client.advocates.get({ params: { id } }, { signal: abort }))
  const referrals = createResource((abort) =>
    client.referrals.list({ query: { advocateId: id, limit: referralsShown } }, { signal: abort }),
  )
  const problem = signal<string | null>(null)
  const busyAction = signal<Action | null>(null)

  async function runAction<T>(what: Action, work: () => Promise<T>): Promise<T | null> {
    if (busyAction.value !== null) return null
    busyAction.value = what
    problem.value = null
    try {
      return await work()
    } catch (error) {
      problem.value = toFailure(error).sentence
      return null
    } finally {
      busyAction.value = null
    }
  }
  const setAdvocate = (next: AdvocateDetail | null) => {
    if (next) advocate.data.value = next
    return next !== null
  }

  return {
    advocate,
    referrals,
    problem,
    busyAction,
    setAdvocate,
    load() {
      void advocate.load()
      void referrals.load()
    },
    /** Resolves to true when the message was queued. */
    resend: async () =>
      (await runAction('resend', async () => {
        await client.advocates.resend({ params: { id } })
        return true
      })) ?? false,
    /** Resolves to the new ask; null if the limits of the campaign or what they want forbid it. */
    async ask(): Promise<AskRow | null> {
      const asked = await runAction('ask', () => client.advocates.ask({ params: { id } }))
      if (asked) await advocate.load()
      return asked
    },
    archive: async () => setAdvocate(await runAction('archive', () => client.advocates.archive({ params: { id } }))),
    restore: async () => setAdvocate(await runAction('restore', () => client.advocates.restore({ params: { id } }))),
  }
}

export type AdvocateModel = ReturnType<typeof createAdvocate>
