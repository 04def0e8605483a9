import type { Page, ReferralExportQuery } from '@goodword/contracts'
import { dayIn, minorDigits } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { type CsvCell, formatCsv } from '../../../shared/csv.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { pageOfReferrals, type Row } from './referrals.queries.ts'

/** More rows than a spreadsheet of referrals is used for. A longer list says so in its last line. */
const exportMax = 50_000
const batch = 1_000

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
export async function exportReferrals(ctx: Ctx, query: ReferralExportQuery, max = exportMax): Promise<string> {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  const lines: CsvCell[][] = []
  for (let cursor: string | null | undefined; cursor !== null && lines.length <= max; ) {
    const page: Page<Row> = await pageOfReferrals(ctx, query, {
      limit: Math.min(batch, max + 1 - lines.length),
      cursor,
    })
    lines.push(...page.items.map((row) => lineOf(row, timeZone)))
    cursor = page.nextCursor
    // Other requests run between two batches.
    await new Promise(setImmediate)
  }
  if (lines.length <= max) return formatCsv(header, lines)
  const sentence = `Only the first ${max.toLocaleString('en-US')} referrals are here. Narrow the filter and export the rest.`
  return formatCsv(header, [...lines.slice(0, max), [sentence]])
}

function lineOf(row: Row, timeZone: string): CsvCell[] {
  const { referral, currency } = row
  const { submitted } = referral
  const day = (at: number | null) => (at === null ? null : dayIn(timeZone, at))
  const money = (amount: number | null) => (amount === null ? null : amount / 10 ** minorDigits(currency))
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
    day(row.convertedAt),
    referral.reason,
    referral.invalidReason,
    referral.externalId,
  ]
}
