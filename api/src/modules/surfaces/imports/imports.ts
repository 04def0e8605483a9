import {
  type Import,
  type ImportField,
  type ImportPreview,
  type ImportRow,
  importRowsMax,
  type Page,
  type PreviewImport,
  type RunImport,
} from '@goodword/contracts'
import { type CellRow, guessColumns, readCells } from '@goodword/domain'
import { and, desc, eq } from 'drizzle-orm'
import { preparedInsert } from '../../../database/prepared.ts'
import { inSavepoint } from '../../../database/savepoint.ts'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { dryRun } from '../../../shared/dryRun.ts'
import { AppError } from '../../../shared/errors.ts'
import { descending, mapPage, type PageRequest, readPage } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { assertJobsOn } from '../../platform/connections/connections.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { loadCampaignContext } from '../../program/campaigns/campaigns.ts'
import { writeAudit } from './imports.audit.ts'
import { importRows, imports } from './imports.table.ts'
import { importJob } from './jobRows.ts'
import {
  type Cell,
  type CreatedSubject,
  type Into,
  importAdvocate,
  importOpeningBalance,
  importReferral,
  nameIn,
  RowProblem,
  type RowResult,
} from './rows.ts'

const samplesShown = 3

const importers: Record<
  Exclude<PreviewImport['kind'], 'jobs'>,
  (tx: Ctx, into: Into, cell: Cell) => Promise<RowResult>
> = {
  advocates: importAdvocate,
  referrals: importReferral,
  opening_balances: importOpeningBalance,
}

/** Previews the result of each row by running the import and rolling it back. */
export async function previewImport(ctx: Ctx, input: PreviewImport): Promise<ImportPreview> {
  const table = readTable(input)
  const imported = await dryRun(ctx, (tx) => importRowsInto(tx, input, table, tx.newId('import')))
  const rows = imported.map(({ row }) => row)
  const leading = (to: CreatedSubject['leads']) => imported.filter(({ made }) => made?.leads === to).length
  const count = (state: ImportRow['state']) => rows.filter((row) => row.state === state).length
  return {
    heads: table.heads,
    columns: table.columns,
    samples: table.body.slice(0, samplesShown).map(({ cells }) => cells),
    rows,
    created: count('created'),
    skipped: count('skipped'),
    wrong: count('wrong'),
    jobs:
      input.kind === 'jobs'
        ? { asked: leading('asked'), waiting: leading('waiting'), converted: leading('converted'), old: leading('old') }
        : null,
  }
}

/**
 * Imports the valid rows. Sends no messages, except what the rules of campaigns say about recent jobs. Jobs are imported in
 * steps, each in a transaction of its own, because each does much: so nobody else waits for long. Whoever imports the same
 * file again after an interruption, or meanwhile, goes on with the same import. `key` is the request's Idempotency-Key.
 */
export async function runImport(ctx: Ctx, input: RunImport, key?: string): Promise<Import> {
  const table = readTable(input)
  if (!inSteps(input))
    return transaction(ctx, async (tx) => importOf(await importNext(tx, input, table, table.body.length)))
  const marks = marksOf(ctx, input, key)
  let record = await transaction(ctx, async (tx) => {
    const known = await knownImport(tx, marks)
    return known && isDone(known) ? known : importNext(tx, input, table, rowsInStep, known ?? marks)
  })
  while (!isDone(record)) {
    const { id } = record
    record = await transaction(ctx, async (tx) => {
      const current = await importRow(tx, id)
      return isDone(current) ? current : importNext(tx, input, table, rowsInStep, current)
    })
  }
  return importOf(record)
}

type Row = typeof imports.$inferSelect
type Marks = Pick<Row, 'contentHash' | 'requestHash'>

/** Its steps are transactions of their own, so no response is stored with them. */
export const inSteps = ({ kind }: Pick<PreviewImport, 'kind'>): boolean => kind === 'jobs'

/** A job takes some milliseconds, with what follows from it. */
const rowsInStep = 25
const isDone = ({ created, skipped, rows }: Row): boolean => created + skipped >= rows

function marksOf({ signer, organizationId, actor }: Ctx, { text, columns }: RunImport, key: string | undefined): Marks {
  const hash = (...parts: unknown[]) =>
    signer.hash('import in steps', JSON.stringify([organizationId, actorKey(actor), text, columns, ...parts]))
  return { contentHash: hash(), requestHash: key === undefined ? null : hash(key) }
}

/** The import that this request began, or one of the same file that has not ended. */
async function knownImport(tx: Ctx, { contentHash, requestHash }: Marks): Promise<Row | undefined> {
  if (contentHash === null) return undefined
  const rows = await tx.db
    .select()
    .from(imports)
    .where(and(eq(imports.organizationId, tx.organizationId), eq(imports.contentHash, contentHash)))
    .orderBy(desc(imports.id))
  return rows.find((row) => requestHash !== null && row.requestHash === requestHash) ?? rows.find((row) => !isDone(row))
}

async function importRow(tx: Ctx, id: string): Promise<Row> {
  const [row] = await tx.db
    .select()
    .from(imports)
    .where(and(eq(imports.organizationId, tx.organizationId), eq(imports.id, id)))
  if (!row) throw new AppError('not_found')
  return row
}

/** Begins an import within a transaction, or goes on with one, by the next `count` rows. */
async function importNext(tx: Ctx, input: RunImport, table: Table, count: number, from?: Row | Marks): Promise<Row> {
  const before = from && 'id' in from ? from : await beginImport(tx, input, table, from)
  const { id } = before
  const at = before.created + before.skipped
  const next = { ...table, body: table.body.slice(at, at + count) }
  const taken = await importRowsInto(tx, input, next, id)
  const made = taken.flatMap(({ row, made: its }) => (its ? [{ line: row.line, ...its }] : []))
  for (const { line, subjectId, contactId, madeContact } of made)
    await addRow(tx.db, {
      ...{ subjectId, contactId, madeContact },
      id: tx.newId('importRow'),
      organizationId: tx.organizationId,
      importId: id,
      row: line,
    })
  const created = before.created + made.length
  const after = { ...before, created, skipped: before.skipped + taken.length - made.length }
  await tx.db
    .update(imports)
    .set({ created, skipped: after.skipped })
    .where(and(eq(imports.organizationId, tx.organizationId), eq(imports.id, id)))
  if (isDone(after)) await writeAudit(tx, { action: 'import.made', subjectId: id, data: { kind: input.kind, created } })
  return after
}

async function beginImport(
  tx: Ctx,
  { kind, campaignId, fileName }: RunImport,
  { body }: Table,
  marks: Marks = { contentHash: null, requestHash: null },
): Promise<Row> {
  const record = {
    id: tx.newId('import'),
    organizationId: tx.organizationId,
    campaignId: campaignId ?? null,
    kind,
    fileName,
    rows: body.length,
    created: 0,
    skipped: 0,
    actor: actorKey(tx.actor),
    createdAt: tx.clock(),
    undoneAt: null,
    ...marks,
  }
  await tx.db.insert(imports).values(record)
  return record
}

const addRow = preparedInsert(importRows)

const newestFirst = [
  descending<typeof imports.$inferSelect>(imports.createdAt, ({ createdAt }) => createdAt),
  descending<typeof imports.$inferSelect>(imports.id, ({ id }) => id),
]

/** Newest first. */
export async function listImports(ctx: Ctx, query: PageRequest): Promise<Page<Import>> {
  const page = await readPage(query, newestFirst, ({ where, orderBy, limit }) =>
    ctx.db
      .select()
      .from(imports)
      .where(and(eq(imports.organizationId, ctx.organizationId), where))
      .orderBy(...orderBy)
      .limit(limit),
  )
  return mapPage(page, importOf)
}

export const importOf = (row: typeof imports.$inferSelect): Import => ({
  id: row.id,
  kind: row.kind,
  fileName: row.fileName,
  rows: row.rows,
  created: row.created,
  skipped: row.skipped,
  createdAt: iso(row.createdAt),
  undoneAt: isoOrNull(row.undoneAt),
})

type Table = { heads: string[]; columns: ImportField[]; body: CellRow[] }

/** The first line holds the headings. Throws validation_failed for a file without rows, or with too many. */
function readTable({ kind, text, columns }: PreviewImport): Table {
  const [first, ...body] = readCells(text)
  const heads = first?.cells ?? []
  if (body.length === 0) refuse('text', 'There is no row below the heads. The first line names the columns.')
  const most = importRowsMax[kind]
  const shown = (count: number) => count.toLocaleString('en-US')
  if (body.length > most)
    refuse('text', `That file has ${shown(body.length)} rows. Use ${shown(most)} or fewer at a time.`)
  if (columns && columns.length !== heads.length) refuse('columns', 'Say for each column of the file what it means.')
  const given = columns ?? guessColumns(kind, heads)
  const doubled = given.find((field, at) => field !== 'ignored' && given.indexOf(field) !== at)
  if (doubled) refuse('columns', 'Two columns cannot mean the same.')
  return { heads, columns: given, body }
}

function refuse(path: string, message: string): never {
  throw new AppError('validation_failed', { detail: message, errors: [{ path, message }] })
}

/** Each row on its own: an invalid row saves nothing and stops no other. */
async function importRowsInto(tx: Ctx, input: PreviewImport, { columns, body }: Table, importId: string) {
  const importer = await importerOf(tx, input, importId)
  const taken: { row: ImportRow; made: CreatedSubject | null }[] = []
  for (const { line, cells } of body) {
    const cell: Cell = (field) => cells[columns.indexOf(field)] ?? ''
    const label = nameIn(cell) || cell('email') || cell('phone') || `Line ${line}`
    try {
      const outcome = await inSavepoint(tx.db, () => importer(cell))
      const [made, problem] = 'skipped' in outcome ? [null, outcome.skipped] : [outcome, null]
      taken.push({ row: { line, label, state: made ? 'created' : 'skipped', problem, note: made?.note ?? null }, made })
    } catch (error) {
      if (!(error instanceof RowProblem || error instanceof AppError)) throw error
      taken.push({ row: { line, label, state: 'wrong', problem: error.message, note: null }, made: null })
    }
  }
  return taken
}

/** Jobs belong to no campaign: the rules of each say what they do. Throws not_found, feature_off. */
async function importerOf(
  tx: Ctx,
  { kind, campaignId }: PreviewImport,
  importId: string,
): Promise<(cell: Cell) => Promise<RowResult>> {
  if (kind === 'jobs') {
    await assertJobsOn(tx)
    const organization = await getOrganization(tx, tx.organizationId)
    return (cell) => importJob(tx, organization, cell)
  }
  const into = { ...(await loadCampaignContext(tx, campaignId ?? '')), importId }
  return (cell) => importers[kind](tx, into, cell)
}
