import { isDeepStrictEqual } from 'node:util'
import { type ProblemCode, problems, type SubmitReferral, type SubmittedReferral } from '@goodword/contracts'
import { firstName, publicProblem } from '@goodword/domain'
import { isUniqueViolation } from '../../database/constraint.ts'
import { type Ctx, transaction } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { describePerson } from '../contacts/contacts.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { tellAdvocateOfInterest, tellFriend, tellStaff } from '../referrals/notices.ts'
import { referralOfForm } from '../referrals/referrals.ts'
import { recordReferral } from '../referrals/submission.ts'
import { noticedAbout } from './abuse.ts'
import { type Arrival, isTest, recordEmbedEvent } from './events.ts'
import { closedBy, factsOfCode, type LinkFacts } from './form.ts'
import { readFormToken } from './formToken.ts'

export type Visitor = {
  source: 'widget' | 'hosted'
  address: string
  /** Where the form stands, when it is not ours: what became of it is told in the feed. */
  arrival?: Arrival
}

/** Everything was checked with a test key: the transaction is given up, and its answer goes to the friend. */
class Rehearsed extends Error {
  constructor(readonly answer: SubmittedReferral) {
    super('A rehearsal leaves nothing behind.')
  }
}

/**
 * The friend's own submission. The same form sent again is answered as the first time. Refusals carry a sentence the
 * friend understands, and tell nothing about others (SPEC §4).
 */
export async function submitReferral(ctx: Ctx, input: SubmitReferral, visitor: Visitor): Promise<SubmittedReferral> {
  if (input.website) throw new AppError('submission_rejected')
  const token = readFormToken(ctx, ctx.organizationId, input.formToken)
  if (!token.ok) throw new AppError(token.code)
  const organization = await getOrganization(ctx, ctx.organizationId)
  const person = describePerson(organization.country, input)
  const facts = await factsOfCode(ctx, input.code)
  if (!facts) throw refusal('code_unknown', organization, null)
  const networkHash = ctx.signer.hash('network', visitor.address)
  const attributed = (arrival: Arrival) =>
    ({
      ...arrival,
      kind: 'submit',
      code: input.code,
      enrollmentId: facts.enrollment.id,
      outcome: 'attributed',
    }) as const
  try {
    return await transaction(ctx, async (tx) => {
      const sent = await referralOfForm(tx, token.nonce)
      if (sent) {
        const same = sent.enrollmentId === facts.enrollment.id && isDeepStrictEqual(sent.submitted, submittedOf(input))
        if (!same) throw new AppError('form_token_invalid')
        return thanks(facts, input.name)
      }
      const recorded = await recordReferral(tx, {
        ...facts,
        person,
        source: visitor.source,
        submitted: submittedOf(input),
        formNonce: token.nonce,
        networkHash,
        flags: noticedAbout(person),
      })
      await tellStaff(tx, recorded)
      await tellAdvocateOfInterest(tx, recorded)
      await tellFriend(tx, recorded, person)
      if (isTest(ctx)) throw new Rehearsed(thanks(facts, input.name))
      if (visitor.arrival) await recordEmbedEvent(tx, { ...attributed(visitor.arrival), referralId: recorded.id })
      return thanks(facts, input.name)
    })
  } catch (error) {
    if (error instanceof Rehearsed) {
      if (visitor.arrival) await recordEmbedEvent(ctx, attributed(visitor.arrival))
      return error.answer
    }
    // The same friend from two tabs at once: the second finds the first's row in the way.
    if (isUniqueViolation(error, 'referrals.')) throw refusal('already_referred', organization, null)
    if (error instanceof AppError) throw refusal(error.code, organization, facts.campaign.endsAt, error)
    throw error
  }
}

function refusal(
  code: ProblemCode,
  organization: Parameters<typeof closedBy>[1],
  endsAt: number | null,
  cause?: AppError,
) {
  if (problems[code].status === 400) return cause ?? new AppError(code)
  return new AppError(publicProblem(code), { detail: closedBy(code, organization, endsAt).sentence, cause })
}

function submittedOf({ name, email, phone, message }: SubmitReferral) {
  return { name, ...(email ? { email } : {}), ...(phone ? { phone } : {}), ...(message ? { message } : {}) }
}

/** What the friend reads after sending. */
export function thanks(facts: Pick<LinkFacts, 'advocateName' | 'offer'>, name: string): SubmittedReferral {
  const { figure, sentence } = facts.offer
  const saved = figure ? ` Your ${figure} is saved.` : ''
  return {
    title: `Thanks, ${firstName(name)}.${saved}`,
    steps: [
      'We call or write to you soon.',
      'You agree on the work before it starts.',
      figure ? `You get ${sentence} when the job is done.` : 'We thank the friend who sent you when the job is done.',
    ],
    advocateFirstName: firstName(facts.advocateName),
    offer: facts.offer,
  }
}
