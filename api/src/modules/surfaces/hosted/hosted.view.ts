import type { CampaignForm, Offer, Organization } from '@goodword/contracts'
import { hueOf, initials, withExceptions } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import type { Ctx, Services } from '../../../shared/context.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { type Enrollment, findByCode } from '../../program/advocates/advocates.ts'
import { termsOf } from '../../program/campaigns/campaigns.ts'
import { contextOfCode, describeSender, findLinkFacts, type LinkFacts } from '../embed/form.ts'
import type { RequestLanguage } from './requestLanguage.ts'

/** The business behind the page. */
export type Business = {
  name: string
  /** Including the trade: "Harbor & Sons Plumbing". */
  fullName: string
  phone: string | null
  address: string | null
  brandColor: string
  /** The country of phone numbers without +. */
  country: string
  /** The URL of its logo, or null. */
  logo: string | null
}

/** All content of a code's hosted page. */
export type HostedView = {
  ctx: Ctx
  speech: RequestLanguage
  enrollment: Enrollment
  facts: LinkFacts
  business: Business
  advocate: { firstName: string; initials: string; hue: number }
  /** "Anna gave you $20 off your first plumbing visit" */
  title: string
  offer: { verb: string; figure: string | null; words: string }
  /** The line below the tear. */
  stub: string
  smallPrint: string[]
  action: string
  privacyNote: string
  /** The fields of the campaign's form. */
  form: CampaignForm
  /** Why the link is closed, or null. */
  closed: string | null
}

/** The current content of a code's page; null for an unknown code. */
export async function viewOfCode(
  services: Services,
  code: string,
  speech: RequestLanguage,
): Promise<HostedView | null> {
  const { words } = speech
  const { say } = words
  const ctx = await contextOfCode(services, code)
  const facts = ctx ? await findLinkFacts(ctx, code, words.language) : null
  const enrollment = facts ? await findByCode(services, code) : undefined
  if (!ctx || !facts || !enrollment) return null
  const organization = await getOrganization(ctx, ctx.organizationId)
  const campaignTerms = await termsOf(ctx, facts.campaign.id, facts.campaign.termsVersion)
  const terms = withExceptions(campaignTerms, enrollment.exceptions)
  const advocate = facts.advocateFirstName
  const gives = terms.friend.kind !== 'none'
  const { figure, sentence, condition } = facts.offer
  const thanked =
    terms.advocate.kind === 'none'
      ? ''
      : facts.named
        ? say('hosted.thanked', { advocate })
        : say('hosted.thankedFriend')
  const at = { organization: organization.name }
  return {
    ctx,
    speech,
    enrollment,
    facts,
    business: businessOf(organization),
    advocate: { firstName: advocate, initials: initials(facts.advocateName), hue: hueOf(facts.advocateName) },
    title: gives ? say('friend.gave', { advocate, offer: sentence }) : say('hosted.recommends', { advocate, ...at }),
    offer: gives
      ? giftOf(facts.offer, say)
      : { verb: say('hosted.recommendsVerb'), figure, words: say('hosted.notifyTeam') },
    stub: [condition ? `${condition}.` : '', thanked].filter(Boolean).join(' ') || say('friend.at', at),
    smallPrint: smallPrintOf(facts, words, organization.timeZone),
    action: figure ? say('friend.form.claim', { figure }) : say('friend.form.send'),
    privacyNote: words.privacy(organization.name, describeSender(facts, words)),
    form: facts.campaign.form,
    closed: facts.closed?.sentence ?? null,
  }
}

/** An offer split for the voucher: the amount above, the rest of the sentence below. */
export const giftOf = ({ figure, sentence }: Offer, say: Words['say']): HostedView['offer'] => ({
  verb: say('hosted.gaveVerb'),
  figure,
  words: figure ? sentence.replace(figure, '').trim() : sentence,
})

function smallPrintOf({ campaign, offer }: LinkFacts, { say, date }: Words, timeZone: string): string[] {
  const until = campaign.endsAt === null ? [] : [say('hosted.validUntil', { day: date(campaign.endsAt - 1, timeZone) })]
  const sentences = [...(offer.condition ? [`${offer.condition}.`] : []), campaign.termsText].filter(Boolean)
  return [...sentences, ...until]
}

export const businessOf = ({ name, tagline, phone, address, brandColor, country, logo }: Organization): Business => ({
  name,
  fullName: tagline && !name.includes(tagline) ? `${name} ${tagline}` : name,
  phone,
  address,
  brandColor,
  country,
  logo,
})
