import type { AskedMany, AskReasonFacts } from '@goodword/contracts'
import { decideAsk } from '@goodword/domain'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso } from '../../../shared/pages.ts'
import { assertJobsOn } from '../../platform/connections/connections.ts'
import { getEnrollment } from '../advocates/advocates.ts'
import { campaignsOfAsks, type InvitationRow } from './asking.queries.ts'
import { type Pair, send } from './deciding.ts'
import { factsFor, type Known, knownOf } from './facts.ts'
import { writeAudit } from './invitations.audit.ts'
import { reasonSentence } from './reasonSentence.ts'

/** The lowest score that is asked where the campaign has no rule. */
const usualScore = 4

/**
 * Asks an advocate again, within the limits of their campaign: outside of quiet hours, not twice within the gap, and not if
 * they don't want to hear of it. Throws not_found, feature_off, ask_refused.
 */
export const askAdvocate = (ctx: Ctx, enrollmentId: string): Promise<InvitationRow> =>
  transaction(ctx, async (tx) => {
    const asked = await tryToAsk(tx, enrollmentId)
    if ('reason' in asked)
      throw new AppError('ask_refused', { detail: reasonSentence(asked.known.timeZone, asked.reason) })
    return asked.invitation
  })

/** The same for many. Whoever can't be asked is left out, with the reason. Throws not_found, feature_off. */
export const askAdvocates = (ctx: Ctx, ids: string[]): Promise<AskedMany> =>
  transaction(ctx, async (tx) => {
    const outcome: AskedMany = { asked: [], notAsked: [] }
    for (const advocateId of ids) {
      const asked = await tryToAsk(tx, advocateId)
      if ('invitation' in asked)
        outcome.asked.push({ advocateId, sendAt: iso(asked.invitation.sendAt ?? asked.invitation.createdAt) })
      else outcome.notAsked.push({ advocateId, name: asked.known.contact.name, reason: asked.reason })
    }
    return outcome
  })

type Asked = { invitation: InvitationRow } | { reason: AskReasonFacts; known: Known }

async function tryToAsk(tx: Ctx, enrollmentId: string): Promise<Asked> {
  const { contactId, campaignId } = await getEnrollment(tx, enrollmentId)
  await assertJobsOn(tx)
  const known = await knownOf(tx, contactId, null)
  const [campaign] = await campaignsOfAsks(tx, [campaignId])
  if (!campaign) throw new AppError('not_found')
  const pair: Pair = { campaign, job: null, invitation: null, askedBy: actorKey(tx.actor) }
  const low = lowScore(known, campaign.rule?.minScore ?? usualScore)
  if (low) return { reason: low, known }
  const decision = decideAsk(factsFor(tx, known, pair))
  if (decision.do === 'wait') throw new Error('Nothing is waited for.')
  if (decision.do !== 'send') {
    const { do: _, ...reason } = decision
    return { reason, known }
  }
  await send(tx, known, pair, decision)
  if (!pair.invitation) throw new Error('Nothing was scheduled.')
  await writeAudit(tx, { action: 'invitation.asked', subjectId: enrollmentId })
  return { invitation: pair.invitation }
}

/** An unhappy customer isn't asked by hand either, as long as their newest score is a low one. */
function lowScore({ jobs }: Known, minScore: number): AskReasonFacts | null {
  const scored = jobs.flatMap(({ id, score, scoreAt }) =>
    score === null || scoreAt === null ? [] : [{ id, score, scoreAt }],
  )
  const [newest] = scored.sort((a, b) => b.scoreAt - a.scoreAt || a.score - b.score)
  return newest && newest.score < minScore
    ? { reason: 'score_low', score: newest.score, minScore, jobId: newest.id }
    : null
}
