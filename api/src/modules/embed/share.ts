import type { EmbedShare } from '@goodword/contracts'
import { explanation, friendOffer, headline, withExceptions } from '@goodword/domain'
import type { Ctx } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { linkOf } from '../advocates/links.ts'
import { shareText } from '../portal/portal.words.ts'
import { factsOfCode } from './form.ts'

/** What the advocate with this code hands on. Says nothing about them: everybody has their link. Throws code_unknown. */
export async function drawShare(ctx: Ctx, code: string): Promise<EmbedShare> {
  const facts = await factsOfCode(ctx, code)
  if (!facts) throw new AppError('code_unknown')
  const { organization, campaign, enrollment, closed } = facts
  const terms = withExceptions(facts.terms, enrollment.exceptions)
  const link = linkOf({ campaign, code: enrollment.code, publicUrl: ctx.config.publicUrl })
  const offered = friendOffer(terms, campaign.currency, campaign.friendOffer).sentence
  const text = campaign.shareText === '' ? shareText(organization.name, offered) : campaign.shareText
  return {
    organization: { name: organization.name, brandColor: organization.brandColor },
    link,
    headline: headline(terms, campaign.currency),
    explanation: explanation(terms, campaign.currency, campaign.friendOffer),
    message: `${text} ${link}`,
    closed,
  }
}
