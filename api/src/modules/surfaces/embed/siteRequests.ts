import type { EmbedForm, RecordedVisit, SubmitReferral, SubmittedReferral } from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { findByCode } from '../../program/advocates/advocates.ts'
import { type Arrival, isTest, outcomeOf, recordActivity, writeActivity } from '../install/activity.ts'
import { type LoadedForm, loadForm } from './form.ts'
import { submitReferral, type Visitor } from './submit.ts'
import { recordVisit } from './visits.ts'

/** The form for a website's page, recorded in website activity. */
export async function loadFormForSite(
  ctx: Ctx,
  code: string | undefined,
  arrival: Arrival,
  asked: LoadedForm = {},
): Promise<EmbedForm> {
  const form = await loadForm(ctx, code, asked)
  const outcome = form.closed ? outcomeOf(form.closed.code) : code === undefined ? 'no_code' : 'attributed'
  const enrollmentId = form.advocate && code ? await ownCode(ctx, code) : null
  recordActivity(ctx, { ...arrival, kind: 'form', code: code ?? null, enrollmentId, outcome })
  return form
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
  const enrollmentId = await ownCode(ctx, code)
  if (arrival.person && !isTest(ctx)) await recordVisit(ctx, code, 'widget')
  const outcome = enrollmentId ? 'attributed' : 'code_unknown'
  const { origin, version } = arrival
  recordActivity(ctx, { origin, version, kind: 'visit', code, enrollmentId, outcome })
  return { known: enrollmentId !== null }
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
      const code = input.code ?? null
      const enrollmentId = code && (await ownCode(ctx, code))
      const missing = outcome === 'details_missing' ? (error.facts.errors ?? []).map(({ path }) => path) : []
      const fields = missing.length > 0 ? { fields: missing } : {}
      await writeActivity(ctx, { ...visitor.arrival, kind: 'submit', code, enrollmentId, outcome, ...fields })
    }
    throw error
  }
}

async function ownCode(ctx: Ctx, code: string): Promise<string | null> {
  const enrollment = await findByCode(ctx, code)
  return enrollment?.organizationId === ctx.organizationId ? enrollment.id : null
}
