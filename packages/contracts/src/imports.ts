import * as z from 'zod'
import { id, Moment, PageQuery } from './primitives.ts'

/** What a file from another tool can hold. */
export const importKinds = ['advocates', 'referrals', 'opening_balances'] as const
export const ImportKind = z.enum(importKinds)
export type ImportKind = z.infer<typeof ImportKind>

/** What a column of such a file can mean; `ignored` is left out. */
export const importFields = [
  'ignored',
  'name',
  'first_name',
  'last_name',
  'email',
  'phone',
  'code',
  'advocate',
  'advocate_code',
  'advocate_email',
  'status',
  'message',
  'external_id',
  'amount',
  'note',
] as const
export const ImportField = z.enum(importFields)
export type ImportField = z.infer<typeof ImportField>

/** The fields of each kind, in the order they are offered. */
export const fieldsOfImport: Record<ImportKind, ImportField[]> = {
  advocates: ['name', 'first_name', 'last_name', 'email', 'phone', 'code'],
  referrals: [
    ...(['name', 'first_name', 'last_name', 'email', 'phone', 'advocate_code', 'advocate_email', 'advocate'] as const),
    ...(['status', 'message', 'external_id'] as const),
  ],
  opening_balances: ['name', 'first_name', 'last_name', 'email', 'phone', 'amount', 'note'],
}

export const importRowsMax = 2_000

const file = {
  kind: ImportKind,
  campaignId: id('campaign'),
  /** A CSV file, or lines pasted from a spreadsheet. */
  text: z.string().min(1, 'Choose a file, or paste its lines.').max(1_000_000, 'Use a file of 1 MB or less.'),
  /** What each column means; without it the heads decide. */
  columns: z.array(ImportField).max(60).optional(),
}

export const PreviewImport = z.strictObject(file).meta({ id: 'PreviewImport' })
export type PreviewImport = z.infer<typeof PreviewImport>

export const importRowStates = ['created', 'skipped', 'wrong'] as const
export const ImportRow = z.strictObject({
  line: z.int(),
  /** Who it is about, as the file says. */
  label: z.string(),
  state: z.enum(importRowStates),
  /** What is wrong, or why nothing is to be done. */
  problem: z.string().nullable(),
})
export type ImportRow = z.infer<typeof ImportRow>

/** What importing would do, found out by doing it and taking all of it back. */
export const ImportPreview = z
  .strictObject({
    heads: z.array(z.string()),
    columns: z.array(ImportField),
    /** The first rows as they are, to see what a column holds. */
    samples: z.array(z.array(z.string())),
    rows: z.array(ImportRow),
    created: z.int(),
    skipped: z.int(),
    wrong: z.int(),
  })
  .meta({ id: 'ImportPreview' })
export type ImportPreview = z.infer<typeof ImportPreview>

export const RunImport = z
  .strictObject({ ...file, fileName: z.string().trim().min(1).max(200).default('Pasted lines') })
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

/** `kept` are those that were used meanwhile and stay: line and why. */
export const UndoneImport = Import.extend({
  removed: z.int(),
  kept: z.array(z.strictObject({ line: z.int(), why: z.string() })),
}).meta({ id: 'UndoneImport' })
export type UndoneImport = z.infer<typeof UndoneImport>

export const ImportQuery = PageQuery
