import type { EmbedShare } from '@goodword/contracts'
import { withExceptions } from '@goodword/domain'
import { wordsIn } from '@goodword/words/server'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { linkOf } from '../../program/advocates/links.ts'
import { findLinkFacts } from './form.ts'

/**
 * What an advocate shares by this code, in the language of `lang`. Reveals nothing about them, because anyone can have
 * their link. Throws code_unknown.
 */
export async function loadShare(ctx: Ctx, code: string, lang?: string): Promise<EmbedShare> {
  const share = await findShare(ctx, code, lang)
  if (!share) throw new AppError('code_unknown')
  return share
}

/** The same; null if this organization does not know the code. */
export async function findShare(ctx: Ctx, code: string, lang?: string): Promise<EmbedShare | null> {
  const facts = await findLinkFacts(ctx, code, lang)
  if (!facts) return null
  const { organization, campaign, enrollment, offer, closed } = facts
  const terms = withExceptions(facts.terms, enrollment.exceptions)
  const link = linkOf({ campaign, code: enrollment.code, publicUrl: ctx.config.publicUrl })
  const words = wordsIn(lang)
  const text =
    campaign.shareText || words.shareText(organization.name, terms.friend.kind === 'none' ? '' : offer.sentence)
  return {
    organization: { name: organization.name, brandColor: organization.brandColor },
    link,
    headline: words.headline(terms, campaign.currency),
    explanation: words.explanation(terms, campaign.currency, campaign.friendOffer),
    message: `${text} ${link}`,
    closed,
  }
}
