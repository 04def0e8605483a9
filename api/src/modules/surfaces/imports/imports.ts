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
import { and, eq } from 'drizzle-orm'
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
      input.kind === 'jobs' ? { asked: leading('asked'), converted: leading('converted'), old: leading('old') } : null,
  }
}

/** Imports the valid rows in one transaction. Sends no messages, except what the rules of campaigns say about recent jobs. */
export function runImport(ctx: Ctx, input: RunImport): Promise<Import> {
  const table = readTable(input)
  return transaction(ctx, async (tx) => {
    const id = tx.newId('import')
    const taken = await importRowsInto(tx, input, table, id)
    const made = taken.flatMap(({ row, made: its }) => (its ? [{ line: row.line, ...its }] : []))
    const record = {
      id,
      organizationId: tx.organizationId,
      campaignId: input.campaignId ?? null,
      kind: input.kind,
      fileName: input.fileName,
      rows: taken.length,
      created: made.length,
      skipped: taken.length - made.length,
      actor: actorKey(tx.actor),
      createdAt: tx.clock(),
      undoneAt: null,
    }
    await tx.db.insert(imports).values(record)
    for (const { line, subjectId, contactId, madeContact } of made)
      await addRow(tx.db, {
        ...{ subjectId, contactId, madeContact },
        id: tx.newId('importRow'),
        organizationId: tx.organizationId,
        importId: id,
        row: line,
      })
    await writeAudit(tx, { action: 'import.made', subjectId: id, data: { kind: input.kind, created: made.length } })
    return importOf(record)
  })
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
