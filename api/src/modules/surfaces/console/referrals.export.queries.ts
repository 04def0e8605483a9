import type { Readable } from 'node:stream'
import type { Page, ReferralExportQuery } from '@goodword/contracts'
import { dayIn } from '@goodword/domain'
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
]

/** The list as CSV, in its order. Amounts are in major units, days in the organization's time zone. */
export const exportReferrals = (ctx: Ctx, query: ReferralExportQuery): Promise<Readable> =>
  streamCsv(header, exportedPages(inBackground(ctx), query))

async function* exportedPages(ctx: Ctx, query: ReferralExportQuery): AsyncGenerator<CsvCell[][]> {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Page<Row> = await pageOfReferrals(ctx, query, { limit: exportedAtOnce, cursor })
    yield page.items.map((row) => lineOf(row, timeZone))
    cursor = page.nextCursor
  }
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
