import type { Currency, FunnelReport } from '@goodword/contracts'
import { addDays, dayIn, daysUntil, lastDayOfMonth, lastDayOfWeek, startOfDay } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { listCurrencies } from './currencies.queries.ts'

const usualDays = 90
const yearsMax = 5

/** Days of the organization, both included, and their boundaries: `start` is inclusive, `end` exclusive. */
export type Period = { from: string; to: string; start: number; end: number; timeZone: string }

type Asked = { from?: string | undefined; to?: string | undefined; currency?: Currency | undefined }

const countDays = (from: string, to: string) => daysUntil(from, to) + 1

const periodOf = (from: string, to: string, timeZone: string): Period => ({
  from,
  to,
  start: startOfDay(from, timeZone),
  end: startOfDay(addDays(to, 1), timeZone),
  timeZone,
})

/** The requested period, or the last 90 days. Throws validation_failed if it is too long or backwards. */
export async function readPeriod(ctx: Ctx, asked: Asked): Promise<Period> {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  const to = asked.to ?? latest(dayIn(timeZone, ctx.clock()), asked.from)
  const from = asked.from ?? addDays(to, 1 - usualDays)
  const days = countDays(from, to)
  if (days < 1) refuse('to', 'The last day must not come before the first.')
  if (days > yearsMax * 366) refuse('from', `Choose ${yearsMax} years or fewer.`)
  return periodOf(from, to, timeZone)
}

const latest = (day: string, other: string | undefined) => (other !== undefined && other > day ? other : day)

function refuse(path: string, message: string): never {
  throw new AppError('validation_failed', { detail: message, errors: [{ path, message }] })
}

/** The same number of days just before. */
export function periodBefore({ from, to, timeZone }: Period): Period {
  const last = addDays(from, -1)
  return periodOf(addDays(last, 1 - countDays(from, to)), last, timeZone)
}

/** The currency of the amounts in a report, and the other currencies of the organization's campaigns. */
export async function readCurrency(
  ctx: Ctx,
  asked: Asked,
): Promise<{ currency: Currency; otherCurrencies: Currency[] }> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const currency = asked.currency ?? organization.currency
  const used = await listCurrencies(ctx)
  return { currency, otherCurrencies: used.filter((one) => one !== currency).sort() }
}

const dayUnitMost = 31
const weekUnitMost = 182

/** The intervals of a chart: days for a month, weeks (from Monday) for half a year, months beyond that. */
export function stepsOf({ from, to, timeZone }: Period): { unit: FunnelReport['unit']; steps: Period[] } {
  const days = countDays(from, to)
  const unit = days <= dayUnitMost ? 'day' : days <= weekUnitMost ? 'week' : 'month'
  const steps: Period[] = []
  for (let first = from; first <= to; ) {
    const last = earliest(lastOf(first, unit), to)
    steps.push(periodOf(first, last, timeZone))
    first = addDays(last, 1)
  }
  return { unit, steps }
}

const earliest = (day: string, other: string) => (day < other ? day : other)

function lastOf(day: string, unit: FunnelReport['unit']): string {
  if (unit === 'day') return day
  return unit === 'week' ? lastDayOfWeek(day) : lastDayOfMonth(day)
}
