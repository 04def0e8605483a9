import { type FieldError, type ProblemCode, problems, SubmitReferral } from '@goodword/contracts'
import type { Words } from '@goodword/words/server'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import type { OwnHeaders } from '../../../shared/send.ts'
import type { RequestOrigin } from '../../../shared/traces.ts'
import type { CampaignRow } from '../../program/campaigns/campaigns.ts'
import { referralOfForm } from '../../program/referrals/referrals.ts'
import { requireFields } from '../embed/campaignByHand.queries.ts'
import { describeFriend, fieldErrorsOf } from '../embed/fieldErrors.ts'
import { readFormToken, tokenForRetry } from '../embed/formToken.ts'
import { submitReferral } from '../embed/submit.ts'
import { type FieldName, type FormState, fieldNames, type Typed } from './hosted.form.ts'
import type { HostedView } from './hosted.view.ts'

export type AcceptedForm = { ok: true; referralId: string }
export type RejectedForm = {
  ok: false
  code: ProblemCode
  status: number
  headers: OwnHeaders
  form: FormState
}

/** Accepts the form, or shows it again with the errors, everything that was typed, and a token that can be sent. */
export async function submitForm(
  view: HostedView,
  typed: Typed,
  from: RequestOrigin,
): Promise<AcceptedForm | RejectedForm> {
  const { ctx } = view
  try {
    const input = read(view, typed)
    await submitReferral(ctx, input, { source: 'hosted', ...from, lang: view.speech.words.language })
    return { ok: true, referralId: await referralIdOf(ctx, typed.formToken) }
  } catch (error) {
    if (error instanceof AppError) return refusalOf(view, typed, error)
    ctx.log.error({ err: error }, 'could not save a form')
    return refusalOf(view, typed, new AppError('internal', { detail: notSent(view), cause: error }))
  }
}

/** Throws validation_failed with all errors at once, so that nobody has to fix one field per attempt. */
function read({ enrollment, business, facts, speech: { words } }: HostedView, typed: Typed): SubmitReferral {
  const { name, phone, email, message, answer, consent, website, formToken } = typed
  const parsed = SubmitReferral.safeParse({
    code: enrollment.code,
    name,
    ...(phone ? { phone } : {}),
    ...(email ? { email } : {}),
    ...(message ? { message } : {}),
    ...(answer ? { answer } : {}),
    ...(consent === 'yes' ? { consent: true } : {}),
    ...(website ? { website } : {}),
    formToken,
  })
  if (parsed.success) return parsed.data
  const errors = fieldErrorsOf(parsed.error, words)
  // The form's own error messages. The schema skips its overall checks once a field is invalid.
  if (!name) errors.unshift({ path: 'name', message: words.field('name') })
  const { form } = facts.campaign
  const either = form.phone !== 'required' && form.email !== 'required'
  if (either && !phone && !email)
    errors.unshift({ path: form.phone === 'hidden' ? 'email' : 'phone', message: words.field('reach') })
  throw new AppError('validation_failed', {
    errors: [...errors, ...phoneErrors(business.country, typed, words), ...missingFields(facts.campaign, typed, words)],
  })
}

function phoneErrors(country: string, { name, phone }: Typed, words: Words): FieldError[] {
  try {
    describeFriend(country, { name, phone }, words)
    return []
  } catch (error) {
    if (error instanceof AppError) return error.facts.errors ?? []
    throw error
  }
}

function missingFields(campaign: CampaignRow, typed: Typed, words: Words): FieldError[] {
  const { name, phone, email, message, answer, consent, formToken } = typed
  try {
    requireFields(
      campaign,
      { name, phone, email, message, answer, consent: consent === 'yes', formToken },
      words.language,
    )
    return []
  } catch (error) {
    if (error instanceof AppError) return error.facts.errors ?? []
    throw error
  }
}

async function referralIdOf(ctx: Ctx, formToken: string): Promise<string> {
  const token = readFormToken(ctx, ctx.organizationId, formToken)
  const referral = token.ok ? await referralOfForm(ctx, token.nonce) : undefined
  if (!referral) throw new Error('An accepted form created no referral.')
  return referral.id
}

export function refusalOf(view: HostedView, typed: Typed, { code, facts, message }: AppError): RejectedForm {
  const { ctx, business, speech } = view
  const errors = new Map<FieldName, string>()
  for (const { path, message: sentence } of facts.errors ?? []) {
    const field = fieldNames.find((name) => name === path)
    if (field && !errors.has(field)) errors.set(field, sentence)
  }
  const seconds = Number(facts.headers?.['retry-after'] ?? 60)
  const say = (about: ProblemCode) => speech.words.refusal(about, { phone: business.phone, ended: null, seconds })
  const unexplained =
    code === 'validation_failed' ? say('submission_rejected') : code === 'rate_limited' ? say(code) : message
  return {
    ok: false,
    code,
    status: problems[code].status,
    headers: facts.headers ?? {},
    form: {
      typed,
      errors,
      notice: errors.size > 0 ? null : unexplained,
      formToken: tokenForRetry(ctx, ctx.organizationId, typed.formToken, code),
    },
  }
}

/** What happened, then what to do. */
function notSent({ advocate, business: { phone }, speech: { words } }: HostedView): string {
  return phone
    ? words.say('friend.form.notSentSay', { phone, advocate: advocate.firstName })
    : words.say('friend.form.notSent')
}
