import type { Offer, ProblemCode } from '@goodword/contracts'
import { publicProblem } from '@goodword/domain'
import { type Figures, withoutPeriod } from './figures.ts'
import type { Key, Say } from './say.ts'

/** An error of a form field. */
export type FieldProblem = Key extends infer K ? (K extends `friend.field.${infer Problem}` ? Problem : never) : never

/**
 * `day` is in milliseconds since 1970, shown in the organization's time zone. `seconds` is how long to wait before
 * retrying.
 */
export type RefusalFacts = {
  phone: string | null
  ended: { day: number; timeZone: string } | null
  seconds?: number | undefined
}

/** The server's texts for friends. Names and the business's own texts are inserted unchanged. */
export type FriendSentences = {
  /**
   * Replaces the advocate's name when it may not be shown: at the start of a sentence, inside one, and as the
   * sender.
   */
  unnamed: { first: string; within: string; sender: string }
  /** Why a referral was rejected. A code that would reveal something about someone else gets the neutral sentence. */
  refusal(code: ProblemCode, facts: RefusalFacts): string
  privacy(organization: string, advocate: string | null): string
  /** `friend` is empty if they gave no name. */
  thanks(friend: string, offer: Offer): { title: string; steps: string[] }
  /** The thank-you after the friend typed the advocate's name, which nobody has checked yet. */
  thanksByName(friend: string): { title: string; steps: string[] }
  /** The error of a form field. */
  field(problem: FieldProblem): string
}

export function friendSentencesIn(say: Say<'friend'>, figures: Figures): FriendSentences {
  const title = (friend: string) =>
    friend === '' ? say('friend.thanks.unnamed') : say('friend.thanks.title', { friend })
  return {
    unnamed: {
      first: say('friend.unnamed.first'),
      within: say('friend.unnamed.within'),
      sender: say('friend.unnamed.sender'),
    },
    refusal: (code, facts) => refusal(say, figures, code, facts),
    privacy: (organization, advocate) =>
      [
        say('friend.privacy.organization', { organization }),
        ...(advocate === null ? [] : [say('friend.privacy.advocate', { advocate })]),
      ].join(' '),
    thanks: (friend, offer) => ({
      title: [title(friend), ...(offer.figure === null ? [] : [saved(say, offer.figure, offer)])].join(' '),
      steps: [say('friend.next.contact'), say('friend.next.agree'), given(say, offer)],
    }),
    thanksByName: (friend) => ({
      title: title(friend),
      steps: [say('friend.next.contact'), say('friend.next.noted'), say('friend.next.agree')],
    }),
    field: (problem) => say(`friend.field.${problem}`),
  }
}

const saved = (say: Say<'friend'>, figure: string, { kind, use }: Offer) => {
  if (kind === 'gift_card') return say('friend.thanks.savedCard', { figure })
  return say(use === 'after_job' ? 'friend.thanks.savedCredit' : 'friend.thanks.saved', { figure })
}

/** What the friend gets after the job. */
function given(say: Say<'friend'>, { kind, sentence, use }: Offer): string {
  const offer = withoutPeriod(sentence)
  if (kind === 'none') return say('friend.thanks.none')
  if (kind === 'discount_code') return say('friend.thanks.code', { offer })
  if (kind === 'gift_card') return say('friend.thanks.card', { offer })
  if (use === 'after_job') return say('friend.thanks.creditLater', { offer })
  return say(kind === 'custom' ? 'friend.thanks.custom' : 'friend.thanks.credit', { offer })
}

function refusal(
  say: Say<'friend'>,
  figures: Figures,
  code: ProblemCode,
  { phone, ended, seconds = 60 }: RefusalFacts,
): string {
  const call = phone === null ? say('friend.form.callUs') : say('friend.form.callUsAt', { phone })
  switch (publicProblem(code)) {
    case 'already_referred':
      return say('friend.refusal.alreadyReferred')
    case 'self_referral':
      return say('friend.refusal.selfReferral')
    case 'code_unknown':
      return say('friend.refusal.codeUnknown')
    case 'campaign_ended':
      return ended === null
        ? say('friend.refusal.campaignEnded')
        : say('friend.refusal.campaignEndedOn', { day: figures.day(ended.day, ended.timeZone) })
    case 'campaign_not_active':
      return say('friend.refusal.campaignNotActive')
    case 'campaign_not_started':
      return say('friend.refusal.campaignNotStarted')
    case 'submission_rejected':
      return say('friend.refusal.submissionRejected', { call })
    case 'form_token_invalid':
      return say('friend.refusal.formTokenInvalid')
    case 'form_too_fast':
    case 'hidden_field_filled':
      return say('friend.refusal.formTooFast')
    case 'proof_needed':
      return say('friend.refusal.proofNeeded')
    case 'rate_limited':
      return say('friend.refusal.rateLimited', { wait: figures.seconds(seconds) })
    default:
      return say('friend.refusal.referralNotPossible', { call })
  }
}
