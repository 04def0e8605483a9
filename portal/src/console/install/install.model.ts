import type { Client } from '@goodword/client'
import { AddSite } from '@goodword/contracts'
import { computed, signal } from '@preact/signals'
import { failureOf } from '../core/failure.ts'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'

/** How often an open install page looks whether a website has been seen. */
export const pollMs = 5_000

/** What goes before `</head>`, once. */
export const scriptSnippet = (origin: string, key: string): string =>
  `<script async
  src="${origin}/widget/v1/loader.js"
  data-key="${key}"></script>`

/** Where the form should appear. */
export const formSnippet = '<goodword-form></goodword-form>'

/** Putting the form on a website: the snippet, which websites may carry it, and the key it carries. */
export function createInstall({ client }: { client: Client }) {
  const keys = createResource((abort) => client.keys.list(undefined, { signal: abort }))
  const sites = createResource((abort) => client.sites.list(undefined, { signal: abort }))
  const origin = signal('')
  const adding = createSending()
  const problem = signal<string | null>(null)

  const trying = async (work: () => Promise<unknown>) => {
    problem.value = null
    try {
      await work()
      return true
    } catch (error) {
      problem.value = failureOf(error).sentence
      return false
    }
  }

  return {
    keys,
    sites,
    origin,
    adding,
    problem,
    publishable: computed(() => {
      const items = keys.data.value?.items ?? []
      return items.find((key) => key.kind === 'publishable' && key.revokedAt === null)?.display ?? null
    }),
    async addSite(): Promise<boolean> {
      const body = adding.check(AddSite.safeParse({ origin: origin.value }))
      if (!body) return false
      const site = await adding.send(() => client.sites.add({ body }))
      if (!site) {
        const failure = adding.failure.value
        if (failure && !failure.fields.origin) adding.errors.value = { origin: failure.sentence }
        return false
      }
      origin.value = ''
      await sites.load()
      return true
    },
    removeSite: (id: string) =>
      trying(async () => {
        await client.sites.remove({ params: { id } })
        await sites.load()
      }),
    createPublishable: () =>
      trying(async () => {
        await client.keys.create({ body: { kind: 'publishable', name: 'Website', scopes: [] } })
        await keys.load()
      }),
  }
}

export type InstallModel = ReturnType<typeof createInstall>
