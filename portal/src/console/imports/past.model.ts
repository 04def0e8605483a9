import type { Client } from '@goodword/client'
import type { Import, UndoneImport } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createPagedList, pathWithQuery } from '../core/pagedList.ts'

const pageSize = 20
const movePlace = '/console/settings/move'

/** What came in before, newest first, and taking it back. */
export function createPast({ client, navigate }: { client: Client; navigate: (url: string) => void }) {
  const { query, page, ...paged } = createPagedList<{ cursor: string | null }, Import>({
    initial: { cursor: null },
    write: ({ cursor }) => pathWithQuery(movePlace, { cursor }),
    fetchPage: ({ cursor }, abort) =>
      client.imports.list({ query: { limit: pageSize, ...(cursor ? { cursor } : {}) } }, { signal: abort }),
    navigate,
  })
  const asked = signal<Import | null>(null)
  const undone = signal<UndoneImport | null>(null)
  const undoing = createSending()

  return {
    ...paged,
    query,
    page,
    asked,
    undone,
    undoing,
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
