import type { Client } from '@goodword/client'
import type { Import, UndoneImport } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createPagedList, pathWithQuery } from '../core/pagedList.ts'
import { pageParams } from '../core/turning.ts'

const pageSize = 20
const importPath = '/console/settings/move'

/** Past imports, newest first, and undoing them. */
export function createImportHistory({ client, navigate }: { client: Client; navigate: (url: string) => void }) {
  const { query, page, ...paged } = createPagedList<{ cursor: string | null }, Import>({
    initial: { cursor: null },
    write: ({ cursor }) => pathWithQuery(importPath, { cursor }),
    fetchPage: ({ cursor }, abort) =>
      client.imports.list({ query: { limit: pageSize, ...pageParams(cursor) } }, { signal: abort }),
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
    /** Whether the import is undone now, by this request or by someone else just before. */
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

export type ImportHistoryModel = ReturnType<typeof createImportHistory>
