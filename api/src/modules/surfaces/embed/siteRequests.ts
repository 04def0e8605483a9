import type {
  EmbedElements,
  EmbedForm,
  EmbedOutcome,
  RecordedVisit,
  SubmitReferral,
  SubmittedReferral,
} from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Enrollment, findByCode } from '../../program/advocates/advocates.ts'
import { isRetiredCode } from '../../program/advocates/retiredCodes.ts'
import { type Arrival, isTest, outcomeOf, recordActivity, writeActivity } from '../install/activity.ts'
import { type LoadedForm, loadForm } from './form.ts'
import { findShare } from './share.ts'
import { submitReferral, type Visitor } from './submit.ts'
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

/**
 * Everything the elements of a website's page show: the form for the visitor's code, and what the advocate shares. Each
 * is null unless it was asked for; so is the share of an unknown code, which must not cost the page its form.
 */
export async function loadElementsForSite(
  ctx: Ctx,
  asked: LoadedForm & { form?: string | undefined; share?: string | undefined },
  arrival: Arrival,
): Promise<EmbedElements> {
  const { form, share, ...rest } = asked
  return {
    form: form === undefined ? null : await loadFormForSite(ctx, form || undefined, arrival, rest),
    share: share === undefined ? null : await findShare(ctx, share, rest.lang),
  }
}

/**
 * A visit through a link to a website's page. Recorded in website activity, and counted if it was a person and not a
 * test.
 */
export async function followLink(
  ctx: Ctx,
  code: string,
  arrival: Arrival & { person: boolean },
): Promise<RecordedVisit> {
  const enrollment = await ownEnrollment(ctx, code)
  if (enrollment) recordFollowed(ctx, code, enrollment.id, arrival)
  else {
    const { origin, version } = arrival
    recordActivity(ctx, { origin, version, kind: 'visit', ...(await describeCode(ctx, code, 'code_unknown')) })
  }
  return { known: enrollment !== null }
}

/** Records the visit through a link that is known to be the organization's. */
export function recordFollowed(
  ctx: Ctx,
  code: string,
  enrollmentId: string,
  { origin, version, person }: Arrival & { person: boolean },
): void {
  if (person && !isTest(ctx)) countVisit(ctx, { id: enrollmentId, organizationId: ctx.organizationId }, 'widget')
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
 * The code for website activity. The code of an erased advocate isn't stored, because it can contain a name; an unknown
 * code is, so that staff can find the mistake.
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
