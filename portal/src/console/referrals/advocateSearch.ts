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
  /** Whether what was found is still that of an earlier text. */
  const pending = signal(false)
  const debounced = createDebounce(searchDelayMs)
  async function find() {
    await found.load()
    pending.value = found.loading.value
  }
  return {
    chosen,
    text,
    found,
    pending,
    type(typed: string) {
      text.value = typed
      chosen.value = null
      pending.value = true
      debounced.run(() => void find())
    },
    choose(one: Advocate) {
      debounced.cancel()
      pending.value = false
      chosen.value = one
      text.value = one.name
    },
    clear() {
      debounced.cancel()
      pending.value = false
      chosen.value = null
      text.value = ''
      found.data.value = null
    },
  }
}

export type AdvocateSearch = ReturnType<typeof createAdvocateSearch>
