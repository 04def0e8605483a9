import type { Client } from '@goodword/client'
import {
  type Import,
  type ImportField,
  type ImportKind,
  type ImportPreview,
  type ImportRow,
  RunImport,
} from '@goodword/contracts'
import { batch, computed, signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createListInput } from '../core/listInput.ts'
import { createResource } from '../core/resource.ts'
import { fieldLabel } from './imports.labels.ts'

export const rowsShown = 50
export type RowFilter = 'all' | ImportRow['state']

/** Imports a file: choose it, map its columns, review every row, then save. */
export function createImporting({
  client,
  newKey,
  first = 'advocates',
}: {
  client: Client
  newKey: () => string
  /** The kind that is chosen at first. */
  first?: ImportKind
}) {
  const kind = signal<ImportKind>(first)
  const campaignId = signal('')
  const columns = signal<ImportField[]>([])
  const preview = signal<ImportPreview | null>(null)
  const filter = signal<RowFilter>('all')
  const from = signal(0)
  const reading = createSending()
  const lines = createListInput(reading, 'text')
  const { text, fileName } = lines
  const sending = createSending()
  let key = newKey()

  const file = () => ({
    kind: kind.value,
    ...(kind.value === 'jobs' ? {} : { campaignId: campaignId.value }),
    text: text.value,
  })
  const again = createResource(async (abort) => {
    const answer = await client.imports.preview({ body: { ...file(), columns: columns.value } }, { signal: abort })
    // The mapping may have changed during the request.
    if (!abort.aborted && answer.columns.join() === columns.value.join()) show(answer)
  })
  function show(answer: ImportPreview) {
    batch(() => {
      preview.value = answer
      columns.value = answer.columns
      from.value = 0
      if (answer.rows.every(({ state }) => state !== filter.value)) filter.value = 'all'
    })
  }

  const duplicates = computed(() => duplicateColumns(kind.value, columns.value))
  /** Whether the rows shown match the current column mapping. */
  const fresh = computed(
    () => duplicates.value.size === 0 && preview.value?.columns.join() === columns.value.join() && !again.failure.value,
  )
  const rows = computed(() =>
    (preview.value?.rows ?? []).filter(({ state }) => filter.value === 'all' || state === filter.value),
  )

  function clear() {
    batch(() => {
      preview.value = null
      columns.value = []
      filter.value = 'all'
      again.failure.value = null
      sending.failure.value = null
    })
    key = newKey()
  }

  return {
    kind,
    campaignId,
    lines,
    columns,
    preview,
    filter,
    from,
    reading,
    sending,
    again,
    duplicates,
    fresh,
    rows,
    async read(): Promise<boolean> {
      if (text.value.trim() === '') {
        reading.showErrors({ text: 'Choose a file, or paste its rows.' })
        return false
      }
      const answer = await reading.send(() => client.imports.preview({ body: file() }))
      if (!answer) return false
      key = newKey()
      show(answer)
      return true
    },
    setColumn(at: number, field: ImportField) {
      columns.value = columns.value.map((one, index) => (index === at ? field : one))
      key = newKey()
      sending.failure.value = null
      if (duplicates.value.size === 0) void again.load()
    },
    only(state: RowFilter) {
      batch(() => {
        filter.value = state
        from.value = 0
      })
    },
    back: clear,
    /** The idempotency key changes only when the input changes, so that a retry cannot import twice. */
    async run(): Promise<Import | null> {
      if (!fresh.value) return null
      const body = RunImport.parse({
        ...file(),
        columns: columns.value,
        ...(fileName.value === null ? {} : { fileName: fileName.value }),
      })
      const done = await sending.send(() => client.imports.run({ body }, { idempotencyKey: key }))
      if (!done) return null
      clear()
      lines.type('')
      return done
    },
  }
}

export type ImportingModel = ReturnType<typeof createImporting>

/** Columns mapped to the same field, with an error for each. */
export function duplicateColumns(kind: ImportKind, columns: readonly ImportField[]): ReadonlyMap<number, string> {
  const errors = new Map<number, string>()
  columns.forEach((field, at) => {
    if (field !== 'ignored' && columns.some((other, index) => index !== at && other === field))
      errors.set(at, `Two columns are "${fieldLabel(kind, field)}". Leave one out.`)
  })
  return errors
}
