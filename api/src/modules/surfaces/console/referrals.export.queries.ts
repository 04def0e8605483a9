import type { Readable } from 'node:stream'
import type { Currency, Page, ReferralExportQuery } from '@goodword/contracts'
import { dayIn } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { type CsvCell, moneyCell, streamCsv } from '../../../shared/csv.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { pageOfReferrals, type Row } from './referrals.queries.ts'

/** Formatting a page holds up the event loop, so it is short. */
const exportedAtOnce = 200

const header = [
  'Referral',
  'Status',
  'Submitted',
  'Campaign',
  'Advocate',
  'Friend',
  'Email',
  'Phone',
  'Message',
  'Answer',
  'Source',
  'Flags',
  'Assignee',
  'Currency',
  'Job value',
  'Advocate reward',
  'Friend reward',
  'Converted',
  'Reason',
  'Invalid because',
  'Your reference',
  'Further jobs',
  'Advocate reward of further jobs',
  'Friend reward of further jobs',
]

/** The list as CSV, in its order. Amounts are in major units, days in the organization's time zone. */
export const exportReferrals = (ctx: Ctx, query: ReferralExportQuery): Promise<Readable> =>
  streamCsv(header, exportedPages(inBackground(ctx), query))

async function* exportedPages(ctx: Ctx, query: ReferralExportQuery): AsyncGenerator<CsvCell[][]> {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Page<Row> = await pageOfReferrals(ctx, query, { limit: exportedAtOnce, cursor })
    const further = await furtherJobsOf(ctx, page.items)
    yield page.items.map((row) => [
      ...lineOf(row, timeZone),
      ...furtherCells(further.get(row.referral.id), row.currency),
    ])
    cursor = page.nextCursor
  }
}

type FurtherJobs = [referralId: string, jobs: number, advocate: number, friend: number]

/** What further jobs of the friends earned and what stands of it now. */
const furtherJobs = preparedSql<FurtherJobs>(sql`
  SELECT c.referral_id, count(DISTINCT j.job_id), coalesce(sum(w.amount) FILTER (WHERE w.side = 'advocate'), 0),
    coalesce(sum(w.amount) FILTER (WHERE w.side = 'friend'), 0)
  FROM json_each(${sql.placeholder('ids')}) chosen
  CROSS JOIN conversions c ON c.referral_id = chosen.value AND +c.organization_id = ${sql.placeholder('organizationId')}
  CROSS JOIN rewarded_jobs j ON j.conversion_id = c.id AND j.is_further AND j.taken_back_at IS NULL
  LEFT JOIN rewards w ON w.source_type = 'job' AND w.source_id = j.job_id AND w.status <> 'voided'
  GROUP BY 1`)

async function furtherJobsOf({ db, organizationId }: Ctx, rows: Row[]): Promise<Map<string, FurtherJobs>> {
  const ids = JSON.stringify(rows.flatMap(({ referral }) => (referral.status === 'converted' ? [referral.id] : [])))
  const found = await furtherJobs(db).all({ organizationId, ids })
  return new Map(found.map((row) => [row[0], row]))
}

function furtherCells(further: FurtherJobs | undefined, currency: Currency): CsvCell[] {
  if (!further) return [null, null, null]
  const [, jobs, advocate, friend] = further
  return [jobs, moneyCell(advocate, currency), moneyCell(friend, currency)]
}

function lineOf(row: Row, timeZone: string): CsvCell[] {
  const { referral, currency } = row
  const { submitted } = referral
  const day = (at: number | null) => (at === null ? null : dayIn(timeZone, at))
  const money = (amount: number | null) => (amount === null ? null : moneyCell(amount, currency))
  return [
    referral.id,
    referral.status,
    day(referral.createdAt),
    row.campaignName,
    row.advocateName ?? (referral.advocateNamed === null ? null : `“${referral.advocateNamed}”`),
    submitted.name,
    submitted.email ?? null,
    submitted.phone ?? null,
    submitted.message ?? null,
    submitted.answer ?? null,
    referral.source,
    referral.flagsClearedAt === null ? referral.flags.join(' ') : null,
    row.assigneeName,
    currency,
    money(row.jobValue),
    money(row.advocateReward),
    money(row.friendReward),
    day(referral.convertedAt),
    referral.reason,
    referral.invalidReason,
    referral.externalId,
  ]
}
