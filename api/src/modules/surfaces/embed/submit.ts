import { isDeepStrictEqual } from 'node:util'
import {
  type FlagReason,
  type Offer,
  type ProblemCode,
  problems,
  type SubmitReferral,
  type SubmittedReferral,
} from '@goodword/contracts'
import { codesTyped, firstName, isPersonName, publicProblem } from '@goodword/domain'
import { wordsIn } from '@goodword/words/server'
import { isUniqueViolation } from '../../../database/constraint.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { hashTraces, type RequestOrigin } from '../../../shared/traces.ts'
import { recordFormConsent } from '../../people/contacts/textConsents.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import type { Enrollment } from '../../program/advocates/advocates.ts'
import type { CampaignContext } from '../../program/campaigns/campaigns.ts'
import { notifyOfReferral } from '../../program/referrals/notices.ts'
import { referralOfForm } from '../../program/referrals/referrals.ts'
import { recordReferral } from '../../program/referrals/submission.ts'
import { type Arrival, isTest, writeActivity } from '../install/activity.ts'
import { findCampaignByHand, requireFields } from './campaignByHand.queries.ts'
import { describeFriend } from './fieldErrors.ts'
import { closedReason, findLinkFacts } from './form.ts'
import { readFormToken } from './formToken.ts'
import { isProof, proofBits, waitInstead } from './proof.ts'
import { askedAgo, countFriend, raise, rememberAsked, trafficAround } from './traffic.ts'

export type Visitor = RequestOrigin & {
  source: 'widget' | 'hosted'
  /** The website with the form, if it isn't our page. The result is recorded in website activity. */
  arrival?: Arrival
  /** The friend's language as a tag such as "de-AT"; English without one. */
  lang?: string | undefined
}

/** As much is kept of what a friend typed as the advocate's name, which may be a pasted link. */
const nameMax = 100

/** Rolls back a submission with a test key after every check has run. The friend still gets its response. */
class DryRunRollback extends Error {
  constructor(
    readonly result: SubmittedReferral,
    readonly enrollment: Enrollment | null,
  ) {
    super('A rehearsal leaves nothing behind.')
  }
}

/**
 * What is known about how the form was filled in. Nobody is refused for good: a filled hidden field is asked for once more,
 * because password managers fill it, and a proof of work that a page can't do is replaced by a wait, or by nothing on a page
 * that is left. All are flagged.
 */
function noticedIn(ctx: Ctx, input: SubmitReferral, nonce: string, address: string) {
  const proven = isProof(input)
  const waited = (askedAgo(ctx, nonce, 'proof') ?? 0) >= waitInstead
  const noticed: FlagReason[] = [
    ...(input.website ? (['hidden_field'] as const) : []),
    ...(proven ? [] : (['no_proof'] as const)),
  ]
  const limited = ctx.config.rateLimits
  return {
    noticed: limited ? noticed : noticed.filter((flag) => flag !== 'no_proof'),
    ...(limited ? { traffic: trafficAround(ctx, address), unproven: !proven && !waited && !input.leaving } : {}),
  }
}

/**
 * A friend's own submission. The same form sent again gets the same response. Errors are worded for the friend and
 * reveal nothing about other people (SPEC §4).
 */
export async function submitReferral(ctx: Ctx, input: SubmitReferral, visitor: Visitor): Promise<SubmittedReferral> {
  const token = readFormToken(ctx, ctx.organizationId, input.formToken)
  if (!token.ok) throw await withSentence(ctx, token.code, visitor.lang)
  if (input.website && askedAgo(ctx, token.nonce, 'hidden field') === null) {
    rememberAsked(ctx, token.nonce, 'hidden field')
    throw await withSentence(ctx, 'hidden_field_filled', visitor.lang)
  }
  // Only a phone number needs to know its country.
  const country = input.phone ? (await getOrganization(ctx, ctx.organizationId)).country : ''
  const person = describeFriend(country, input, wordsIn(visitor.lang))
  const attributed = (arrival: Arrival, enrollment: Enrollment | null) =>
    ({
      kind: 'submit',
      code: enrollment?.code ?? input.code ?? null,
      enrollmentId: enrollment?.id ?? null,
      outcome: enrollment ? 'attributed' : 'no_code',
      ...arrival,
    }) as const
  let endsAt: number | null = null
  let takeBack = () => {}
  try {
    return await transaction(ctx, async (tx) => {
      // Read inside the transaction, so that a campaign that just ended or changed its terms is seen as it is.
      const place = await findTarget(tx, input, visitor.lang)
      endsAt = place.campaign.endsAt
      requireFields(place.campaign, input, visitor.lang)
      const result = thanks(place, person.name, visitor.lang)
      const sent = await referralOfForm(tx, token.nonce)
      if (sent) {
        const same =
          sent.enrollmentId === (place.enrollment?.id ?? null) &&
          isDeepStrictEqual(sent.submitted, submittedOf(input, person.name))
        if (!same) throw new AppError('form_token_invalid')
        return result
      }
      const agreedTo = input.consent ? place.campaign.form.consent : null
      const recorded = await recordReferral(tx, {
        person,
        source: visitor.source,
        submitted: submittedOf(input, person.name),
        formNonce: token.nonce,
        ...place,
        ...hashTraces(ctx, visitor),
        ...noticedIn(tx, input, token.nonce, visitor.address),
        ...(place.enrollment || !input.advocateName ? {} : { advocateNamed: input.advocateName.slice(0, nameMax) }),
        ...(agreedTo === null ? {} : { metadata: { consent: agreedTo.text } }),
      })
      const { friendContactId } = recorded
      if (agreedTo?.texts && friendContactId !== null && person.phone !== null)
        await recordFormConsent(tx, friendContactId, person.phone, agreedTo.text)
      await notifyOfReferral(tx, recorded, person)
      if (recorded.flags.includes('no_proof')) raise(ctx, input.code ?? '')
      if (isTest(ctx)) throw new DryRunRollback(result, place.enrollment)
      takeBack = countFriend(tx, visitor.address)
      if (visitor.arrival)
        await writeActivity(tx, { referralId: recorded.id, ...attributed(visitor.arrival, place.enrollment) })
      return result
    })
  } catch (error) {
    takeBack()
    if (error instanceof DryRunRollback) {
      if (visitor.arrival) await writeActivity(ctx, attributed(visitor.arrival, error.enrollment))
      return error.result
    }
    // If the same friend submits from two tabs at once, the second one conflicts with the row of the first.
    if (isUniqueViolation(error, 'referrals.')) throw await refusal(ctx, 'already_referred', null, visitor.lang)
    if (!(error instanceof AppError)) throw error
    if (error.code === 'proof_needed') {
      rememberAsked(ctx, token.nonce, 'proof')
      raise(ctx, input.code ?? '')
    }
    throw await refusal(ctx, error.code, endsAt, visitor.lang, error)
  }
}

/** The target of a submission: a link, or a campaign until staff choose the advocate. */
type SubmissionTarget = CampaignContext & {
  enrollment: Enrollment | null
  advocateFirstName: string | null
  named: boolean
  offer: Offer | null
}

/**
 * Finds the target from a code or an advocate's name, either of which may be a pasted link. A typed name may be a code, if
 * it matches exactly. Names are never looked up, so that no response reveals who is an advocate.
 */
async function findTarget(
  ctx: Ctx,
  { code, advocateName, campaignId }: SubmitReferral,
  lang: string | undefined,
): Promise<SubmissionTarget> {
  for (const typed of codesTyped(code ?? advocateName ?? '')) {
    const facts = await findLinkFacts(ctx, typed, lang)
    if (facts) return facts
  }
  if (code !== undefined) throw new AppError('code_unknown')
  const campaignContext = await findCampaignByHand(ctx, campaignId)
  if (campaignContext)
    return { ...campaignContext, enrollment: null, advocateFirstName: null, named: false, offer: null }
  const message = wordsIn(lang).field('advocateName')
  throw new AppError('validation_failed', { errors: [{ path: 'advocateName', message }], detail: message })
}

/** Rejects the form before any check, with a sentence for the friend. */
async function withSentence(ctx: Ctx, code: ProblemCode, lang: string | undefined): Promise<AppError> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  return new AppError(code, { detail: closedReason(code, organization, null, lang).sentence })
}

async function refusal(
  ctx: Ctx,
  code: ProblemCode,
  endsAt: number | null,
  lang: string | undefined,
  cause?: AppError,
): Promise<AppError> {
  if (problems[code].status === 400) return cause ?? new AppError(code)
  const organization = await getOrganization(ctx, ctx.organizationId)
  const proof = code === 'proof_needed' ? { proof: { bits: proofBits } } : {}
  const detail = closedReason(code, organization, endsAt, lang).sentence
  return new AppError(publicProblem(code), { ...proof, detail, cause })
}

const submittedOf = ({ email, phone, message, answer }: SubmitReferral, name: string) => ({
  name,
  ...(email ? { email } : {}),
  ...(phone ? { phone } : {}),
  ...(message ? { message } : {}),
  ...(answer ? { answer } : {}),
})

/** The text after submitting. Without an advocate, there is no offer yet. */
export function thanks(
  place: Pick<SubmissionTarget, 'advocateFirstName' | 'named' | 'offer'>,
  name: string,
  lang?: string,
): SubmittedReferral {
  const words = wordsIn(lang)
  const friend = isPersonName(name) ? firstName(name) : ''
  const { advocateFirstName, named, offer } = place
  if (advocateFirstName === null || offer === null)
    return {
      ...words.thanksByName(friend),
      advocateFirstName: null,
      offer: { kind: 'none', figure: null, sentence: '', use: null, condition: null },
    }
  const sender = named ? advocateFirstName : words.unnamed.within
  return { offer, advocateFirstName: sender, ...words.thanks(friend, offer) }
}
