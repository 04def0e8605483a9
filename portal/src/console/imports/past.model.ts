import type { Client } from '@goodword/client'
import type { Import, UndoneImport } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'
import { createTrail } from '../core/trail.ts'

const pageSize = 20
export const movePlace = '/console/settings/move'

const placeOf = (cursor: string | null) => (cursor ? `${movePlace}?cursor=${encodeURIComponent(cursor)}` : movePlace)

/** What came in before, newest first, and taking it back. */
export function createPast({ client, go }: { client: Client; go: (url: string) => void }) {
  const cursor = signal<string | null>(null)
  const trail = createTrail()
  const page = createResource((abort) => {
    const query = { limit: pageSize, ...(cursor.value ? { cursor: cursor.value } : {}) }
    return client.imports.list({ query }, { signal: abort })
  })
  const asked = signal<Import | null>(null)
  const undone = signal<UndoneImport | null>(null)
  const undoing = createSending()

  return {
    cursor,
    page,
    asked,
    undone,
    undoing,
    show(next: string | null) {
      cursor.value = next
      void page.load()
    },
    next() {
      const next = page.data.value?.nextCursor
      if (!next) return
      trail.push(cursor.value)
      go(placeOf(next))
    },
    previous: () => go(placeOf(trail.pop())),
    ask(one: Import | null) {
      undoing.failure.value = null
      asked.value = one
    },
    /** Whether it is taken back now, by this or by somebody else a moment before. */
    async undo(): Promise<boolean> {
      const one = asked.value
      if (!one) return false
      const answer = await undoing.send(() => client.imports.undo({ params: { id: one.id } }))
      if (answer) {
        undone.value = answer
        asked.value = null
      }
      if (answer || undoing.failure.value?.code === 'import_undone') void page.load()
      return answer !== null
    },
  }
}

export type PastModel = ReturnType<typeof createPast>
