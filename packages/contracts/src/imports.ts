import * as z from 'zod'
import { id, Moment, PageQuery } from './primitives.ts'
import { visibleLine } from './text.ts'

/** What an import file can contain. */
export const importKinds = ['advocates', 'referrals', 'opening_balances', 'jobs'] as const
export const ImportKind = z.enum(importKinds)
export type ImportKind = z.infer<typeof ImportKind>

/** What a column can mean; `ignored` is not imported. */
export const importFields = [
  'ignored',
  'name',
  'first_name',
  'last_name',
  'email',
  'phone',
  'texts',
  'code',
  'advocate',
  'advocate_code',
  'advocate_email',
  'status',
  'message',
  'external_id',
  'amount',
  'note',
  'job_number',
  'title',
  'finished_on',
  'invoiced',
  'score',
] as const
export const ImportField = z.enum(importFields)
export type ImportField = z.infer<typeof ImportField>

/** The fields of each kind, in the order they are offered. */
export const fieldsOfImport: Record<ImportKind, ImportField[]> = {
  advocates: ['name', 'first_name', 'last_name', 'email', 'phone', 'texts', 'code'],
  referrals: [
    ...(['name', 'first_name', 'last_name', 'email', 'phone', 'advocate_code', 'advocate_email', 'advocate'] as const),
    ...(['status', 'message', 'external_id'] as const),
  ],
  opening_balances: ['name', 'first_name', 'last_name', 'email', 'phone', 'amount', 'note'],
  jobs: [
    ...(['name', 'first_name', 'last_name', 'email', 'phone', 'texts', 'job_number', 'title'] as const),
    ...(['finished_on', 'amount', 'invoiced', 'score'] as const),
  ],
}

/** A finished job does more than other rows: its customer may be asked, and a referral converted. */
export const importRowsMax: Record<ImportKind, number> = {
  advocates: 2_000,
  referrals: 2_000,
  opening_balances: 2_000,
  jobs: 500,
}

const file = {
  kind: ImportKind,
  /** Every kind but jobs is imported into a campaign. */
  campaignId: id('campaign').optional(),
  /** A CSV file, or lines pasted from a spreadsheet. */
  text: z.string().min(1, 'Choose a file, or paste its lines.').max(1_000_000, 'Use a file of 1 MB or less.'),
  /** The mapping of the columns; by default it is derived from the headings. */
  columns: z.array(ImportField).max(60).optional(),
}

const namesCampaign = ({ kind, campaignId }: { kind: ImportKind; campaignId?: string | undefined }) =>
  (kind === 'jobs') === (campaignId === undefined)
const campaignMessage = { message: 'Choose the campaign to import into; for jobs, none.', path: ['campaignId'] }

export const PreviewImport = z.strictObject(file).refine(namesCampaign, campaignMessage).meta({ id: 'PreviewImport' })
export type PreviewImport = z.infer<typeof PreviewImport>

export const importRowStates = ['created', 'skipped', 'wrong'] as const
export const ImportRow = z.strictObject({
  line: z.int(),
  /** The person in the row, as the file has it. */
  label: z.string(),
  state: z.enum(importRowStates),
  /** What is invalid, or why the row is skipped. */
  problem: z.string().nullable(),
  /** What else comes of a row that is created: whether a job's customer is asked, and whether it converts a referral. */
  note: z.string().nullable(),
})
export type ImportRow = z.infer<typeof ImportRow>

/** What the import would do, computed by a dry run. */
export const ImportPreview = z
  .strictObject({
    heads: z.array(z.string()),
    columns: z.array(ImportField),
    /** The first rows as they are, as samples of each column. */
    samples: z.array(z.array(z.string())),
    rows: z.array(ImportRow),
    created: z.int(),
    skipped: z.int(),
    wrong: z.int(),
    /**
     * The jobs whose customers will be asked, whose customers' score decides that once it is known or as the rules say without
     * one, those that convert a referral, and those too old to do either.
     */
    jobs: z.strictObject({ asked: z.int(), waiting: z.int(), converted: z.int(), old: z.int() }).nullable(),
  })
  .meta({ id: 'ImportPreview' })
export type ImportPreview = z.infer<typeof ImportPreview>

export const RunImport = z
  .strictObject({ ...file, fileName: z.string().overwrite(visibleLine).min(1).max(200).default('Pasted lines') })
  .refine(namesCampaign, campaignMessage)
  .meta({ id: 'RunImport' })
export type RunImport = z.infer<typeof RunImport>

export const Import = z
  .strictObject({
    id: id('import'),
    kind: ImportKind,
    fileName: z.string(),
    rows: z.int(),
    created: z.int(),
    skipped: z.int(),
    createdAt: Moment,
    undoneAt: Moment.nullable(),
  })
  .meta({ id: 'Import' })
export type Import = z.infer<typeof Import>

/** `kept` lists rows that stay because they were used meanwhile: line and reason. */
export const UndoneImport = Import.extend({
  removed: z.int(),
  kept: z.array(z.strictObject({ line: z.int(), why: z.string() })),
}).meta({ id: 'UndoneImport' })
export type UndoneImport = z.infer<typeof UndoneImport>

export const ImportQuery = PageQuery
