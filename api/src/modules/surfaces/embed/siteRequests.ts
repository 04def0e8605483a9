import type {
  EmbedElements,
  EmbedForm,
  EmbedLanding,
  EmbedOutcome,
  LeaderboardPeriod,
  RecordedVisit,
  SubmitReferral,
  SubmittedReferral,
} from '@goodword/contracts'
import { defaultLinkDays, normalizeCode } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Enrollment, findByCode } from '../../program/advocates/advocates.ts'
import { isRetiredCode } from '../../program/advocates/retiredCodes.ts'
import { loadCampaignContext } from '../../program/campaigns/campaigns.ts'
import { type Arrival, isTest, outcomeOf, recordActivity, writeActivity } from '../install/activity.ts'
import { type LoadedForm, loadForm } from './form.ts'
import { findLeaderboard } from './leaderboard.ts'
import { findShare } from './share.ts'
import { submitReferral, type Visitor } from './submit.ts'
import { isNewVisit } from './visitors.ts'
import { countVisit } from './visits.ts'

/** The form for a website's page, recorded in website activity. */
export async function loadFormForSite(
  ctx: Ctx,
  code: string | undefined,
  arrival: Arrival,
  asked: LoadedForm = {},
): Promise<EmbedForm> {
  const form = await loadForm(ctx, code, asked)
  const outcome = form.closed ? outcomeOf(form.closed.code) : code === undefined ? 'no_code' : 'attributed'
  recordActivity(ctx, { ...arrival, kind: 'form', ...(await describeCode(ctx, code ?? null, outcome)) })
  return form
}

/** What the elements of a page need: an empty form is one without a code, an empty leaderboard one of the usual period. */
type Elements = LoadedForm & {
  form?: string | undefined
  share?: string | undefined
  leaderboard?: LeaderboardPeriod | '' | undefined
}

/**
 * Everything the elements of a website's page show: the form for the visitor's code, what the advocate shares, and the
 * leaderboard. Each is null unless it was asked for. So are the share of an unknown code and a leaderboard that nobody may
 * see, which must not cost the page its form.
 */
export async function loadElementsForSite(ctx: Ctx, asked: Elements, arrival: Arrival): Promise<EmbedElements> {
  const { form, share, leaderboard, ...rest } = asked
  return {
    form: form === undefined ? null : await loadFormForSite(ctx, form || undefined, arrival, rest),
    share: share === undefined ? null : await findShare(ctx, share, rest.lang),
    leaderboard:
      leaderboard === undefined
        ? null
        : await findLeaderboard(ctx, { lang: rest.lang, period: leaderboard || undefined }),
  }
}

/** The page where a link led, whose address may hold any of the codes `visit`. */
type Landing = Elements & {
  visit: string[]
  /** The code that the visitor had before. */
  kept?: string | undefined
}

/**
 * A visit through a link and everything the elements of the page show, in one answer. Elements that ask for one of the
 * codes in the address get the one that exists, or the code the visitor had before.
 */
export async function landOnSite(
  ctx: Ctx,
  { visit, kept, form, share, ...rest }: Landing,
  arrival: Followed,
): Promise<EmbedLanding> {
  const recorded = await followLink(ctx, visit, arrival)
  const visitors = recorded.known ? (recorded.code ?? visit[0]) : kept
  const codes = new Set(visit.map(normalizeCode))
  const meant = (code: string | undefined) => (code && codes.has(normalizeCode(code)) ? visitors : code)
  const asked = { ...rest, form: form === undefined ? form : (meant(form) ?? ''), share: meant(share) }
  return { ...(await loadElementsForSite(ctx, asked, arrival)), visit: recorded }
}

/** Where a visit came from, and who followed the link; null for anything that isn't a person. */
type Followed = Arrival & { visitor: string | null }

/**
 * A link of the organization, by a code in an address. `days` is how long a page remembers it; `likeliest` whether it was
 * the first of the given codes.
 */
export type FoundLink = { code: string; enrollmentId: string; days: number; likeliest: boolean }

/**
 * A visit through a link to a website's page, whose address may hold any of these codes. Recorded in website activity,
 * and counted if it was a person, not a reload and not a test.
 */
export async function followLink(ctx: Ctx, codes: string[], arrival: Followed): Promise<RecordedVisit> {
  const link = await findLink(ctx, codes)
  if (link) {
    recordFollowed(ctx, link, arrival)
    return toRecordedVisit(link)
  }
  const { origin, version } = arrival
  const described = await Promise.all(codes.map((code) => describeCode(ctx, code, 'code_unknown')))
  const told = described.find(({ outcome }) => outcome === 'code_retired') ?? described[0]
  if (told) recordActivity(ctx, { origin, version, kind: 'visit', ...told })
  return { known: false }
}

/** Leaves out what a page assumes. */
export const toRecordedVisit = ({ code, days, likeliest }: FoundLink): RecordedVisit => ({
  known: true,
  ...(likeliest ? {} : { code }),
  ...(days === defaultLinkDays ? {} : { days }),
})

/** The first of the codes that an advocate of the organization has; null if none is. */
export async function findLink(ctx: Ctx, codes: string[]): Promise<FoundLink | null> {
  for (const code of codes) {
    const enrollment = await ownEnrollment(ctx, code)
    if (!enrollment) continue
    const { terms } = await loadCampaignContext(ctx, enrollment.campaignId)
    const days = terms.linkDays ?? defaultLinkDays
    return { code: normalizeCode(code), enrollmentId: enrollment.id, days, likeliest: code === codes[0] }
  }
  return null
}

/** Records the visit through a link that is known to be the organization's. */
export function recordFollowed(
  ctx: Ctx,
  { code, enrollmentId }: FoundLink,
  { origin, version, visitor }: Followed,
): void {
  if (visitor !== null && !isTest(ctx) && isNewVisit(ctx, visitor, enrollmentId, 'widget'))
    countVisit(ctx, { id: enrollmentId, organizationId: ctx.organizationId }, 'widget')
  recordActivity(ctx, { origin, version, kind: 'visit', code, enrollmentId, outcome: 'attributed' })
}

/** A friend's submission from a website. Records the exact reason of a rejection, which the friend doesn't see. */
export async function submitFromSite(
  ctx: Ctx,
  input: SubmitReferral,
  visitor: Visitor & { arrival: Arrival },
): Promise<SubmittedReferral> {
  try {
    return await submitReferral(ctx, input, visitor)
  } catch (error) {
    if (error instanceof AppError) {
      const { cause } = error.facts
      const outcome = outcomeOf(cause instanceof AppError ? cause.code : error.code)
      const described = await describeCode(ctx, input.code ?? null, outcome)
      const missing = outcome === 'details_missing' ? (error.facts.errors ?? []).map(({ path }) => path) : []
      const fields = missing.length > 0 ? { fields: missing } : {}
      await writeActivity(ctx, { ...visitor.arrival, kind: 'submit', ...described, ...fields })
    }
    throw error
  }
}

/**
 * The code for website activity. The code of an erased advocate isn't stored, because it can contain a name, and an
 * unknown one isn't stored whole, because it can be anything.
 */
async function describeCode(
  ctx: Ctx,
  code: string | null,
  outcome: EmbedOutcome,
): Promise<{ code: string | null; enrollmentId: string | null; outcome: EmbedOutcome }> {
  if (code === null) return { code, enrollmentId: null, outcome }
  const enrollmentId = (await ownEnrollment(ctx, code))?.id ?? null
  if (enrollmentId !== null || !(await isRetiredCode(ctx, code))) return { code, enrollmentId, outcome }
  return { code: null, enrollmentId, outcome: outcome === 'code_unknown' ? 'code_retired' : outcome }
}

async function ownEnrollment(ctx: Ctx, code: string): Promise<Enrollment | null> {
  const enrollment = await findByCode(ctx, code)
  return enrollment?.organizationId === ctx.organizationId ? enrollment : null
}
