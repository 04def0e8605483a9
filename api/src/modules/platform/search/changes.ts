import type { SearchableKind } from '@goodword/contracts'
import { beforeCommit } from '../../../database/beforeCommit.ts'
import { onUndone, transactionOf } from '../../../database/transactionCache.ts'
import type { Ctx, Searchable } from '../../../shared/context.ts'
import { indexRows, rowsAtOnce, searchablesOf, storeSubjects } from './indexing.ts'

/** The rows a transaction has changed; a new row has no others that depend on it, and its terms may be known. */
type Change = { isNew: boolean; terms?: readonly string[] | undefined }
type Changes = Map<SearchableKind, Map<string, Change>>

const changes = new WeakMap<object, Changes>()

/** Rows whose terms were given may be gone, so they are read at the end. */
onUndone((transaction) => {
  for (const rows of changes.get(transaction)?.values() ?? []) {
    for (const [id, { isNew }] of rows) rows.set(id, { isNew })
  }
})

/**
 * Call when what a row is found by has changed: its name, addresses, codes, or whether it is there at all. The index is
 * brought up to date at the end of the transaction, from the rows as they are then.
 */
export const searchChanged = (tx: Ctx, kind: SearchableKind, ...ids: string[]): void =>
  note(tx, kind, ids, { isNew: false })

/** The same for a new row, on which no other depends yet. Its terms are read from the row unless they are given. */
export const searchAdded = (tx: Ctx, kind: SearchableKind, id: string, terms?: readonly string[]): void =>
  note(tx, kind, [id], { isNew: true, terms })

function note(tx: Ctx, kind: SearchableKind, ids: string[], change: Change): void {
  const transaction = transactionOf(tx.db)
  if (!transaction || ids.length === 0) return
  const all: Changes = changes.get(transaction) ?? new Map()
  changes.set(transaction, all)
  const rows = all.get(kind) ?? new Map<string, Change>()
  all.set(kind, rows)
  for (const id of ids) {
    const known = rows.get(id)
    // Changed twice in one transaction: the row says what its terms are now.
    rows.set(id, known ? { isNew: known.isNew && change.isNew } : change)
  }
  beforeCommit(tx.db, changes, () => indexChanges(tx, all))
}

async function indexChanges(tx: Ctx, all: Changes): Promise<void> {
  const searchables = searchablesOf(tx.modules)
  await addDependents(tx, all, searchables)
  for (const searchable of searchables) {
    const changed = all.get(searchable.kind)
    if (!changed) continue
    const rows = [...changed]
    all.delete(searchable.kind)
    const { organizationId } = tx
    const known = rows.flatMap(([id, { terms }]) => (terms ? [{ id, organizationId, terms }] : []))
    await storeSubjects(tx.db, searchable, known)
    const ids = rows.filter(([, { terms }]) => !terms).map(([id]) => id)
    for (let at = 0; at < ids.length; at += rowsAtOnce)
      await indexRows(tx.db, searchable, ids.slice(at, at + rowsAtOnce))
  }
}

/** Rows whose terms depend on a changed one. None depends on those in turn. */
async function addDependents(tx: Ctx, all: Changes, searchables: readonly Searchable[]): Promise<void> {
  for (const [kind, rows] of [...all]) {
    const changed = [...rows].filter(([, { isNew }]) => !isNew).map(([id]) => id)
    if (changed.length === 0) continue
    for (const searchable of searchables) {
      const dependents = (await searchable.dependents?.[kind]?.(tx.db, changed)) ?? []
      const known = all.get(searchable.kind) ?? new Map<string, Change>()
      all.set(searchable.kind, known)
      for (const id of dependents) known.set(id, { isNew: true })
    }
  }
}
