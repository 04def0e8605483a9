import type { Client } from '@goodword/client'
import type { Advocate } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createDebounce } from '../core/debounce.ts'
import { createResource } from '../core/resource.ts'

const searchDelayMs = 250

/** Finds one advocate by name, phone, email or code, optionally within one campaign. */
export function createAdvocateSearch({ client, campaignId }: { client: Client; campaignId?: string }) {
  const chosen = signal<Advocate | null>(null)
  const text = signal('')
  const found = createResource((abort) =>
    client.advocates.list(
      { query: { limit: 6, q: text.value.trim(), ...(campaignId ? { campaignId } : {}) } },
      { signal: abort },
    ),
  )
  const debounced = createDebounce(searchDelayMs)
  return {
    chosen,
    text,
    found,
    type(typed: string) {
      text.value = typed
      chosen.value = null
      debounced.run(() => void found.load())
    },
    choose(one: Advocate) {
      debounced.cancel()
      chosen.value = one
      text.value = one.name
    },
    clear() {
      debounced.cancel()
      chosen.value = null
      text.value = ''
      found.data.value = null
    },
  }
}

export type AdvocateSearch = ReturnType<typeof createAdvocateSearch>
