import type { CampaignForm, Organization } from '@goodword/contracts'
import { formatDay, hueOf, initials, withExceptions } from '@goodword/domain'
import type { Ctx, Services } from '../../shared/context.ts'
import { type Enrollment, findByCode } from '../advocates/advocates.ts'
import { termsOf } from '../campaigns/campaigns.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { contextOfCode, factsOfCode, type LinkFacts, privacyNote } from './form.ts'

/** Whose page it is. */
export type Business = {
  name: string
  /** With what it does: "Harbor & Sons Plumbing". */
  fullName: string
  phone: string | null
  address: string | null
  brandColor: string
  /** Whose numbers are meant by a phone number without +. */
  country: string
  /** Where its logo is, or null. */
  logo: string | null
}

/** Everything the hosted page of one code says. */
export type HostedView = {
  ctx: Ctx
  enrollment: Enrollment
  facts: LinkFacts
  business: Business
  advocate: { firstName: string; initials: string; hue: number }
  /** "Anna gave you $20 off your first plumbing visit" */
  title: string
  offer: { verb: string; figure: string | null; words: string }
  /** Below the tear. */
  stub: string
  smallPrint: string[]
  action: string
  privacyNote: string
  /** Which fields the campaign asks for. */
  form: CampaignForm
  /** Why the link is closed, or null. */
  closed: string | null
}

/** What a code's page says now; null when the code is nobody's. */
export async function viewOfCode(services: Services, code: string): Promise<HostedView | null> {
  const ctx = await contextOfCode(services, code)
  const facts = ctx ? await factsOfCode(ctx, code) : null
  const enrollment = facts ? await findByCode(services, code) : undefined
  if (!ctx || !facts || !enrollment) return null
  const organization = await getOrganization(ctx, ctx.organizationId)
  const campaignTerms = await termsOf(ctx, facts.campaign.id, facts.campaign.termsVersion)
  const terms = withExceptions(campaignTerms, enrollment.exceptions)
  const advocate = facts.advocateFirstName
  const gives = terms.friend.kind !== 'none'
  const { figure, sentence, condition } = facts.offer
  const thanked = terms.advocate.kind !== 'none' ? `${advocate} gets a thank-you from us if you book.` : ''
  return {
    ctx,
    enrollment,
    facts,
    business: businessOf(organization),
    advocate: { firstName: advocate, initials: initials(facts.advocateName), hue: hueOf(facts.advocateName) },
    title: gives ? `${advocate} gave you ${sentence}` : `${advocate} recommends ${organization.name}`,
    offer: {
      verb: gives ? 'gave you' : 'recommends us',
      figure,
      words: gives ? (figure ? sentence.replace(figure, '').trim() : sentence) : 'Tell us what you need',
    },
    stub: [condition ? `${condition}.` : '', thanked].filter(Boolean).join(' ') || `At ${organization.name}`,
    smallPrint: smallPrintOf(facts, organization.timeZone),
    action: figure ? `Claim my ${figure}` : 'Send my details',
    privacyNote: privacyNote(organization.name, advocate),
    form: facts.campaign.form,
    closed: facts.closed?.sentence ?? null,
  }
}

function smallPrintOf({ campaign, offer }: LinkFacts, timeZone: string): string[] {
  const until =
    campaign.endsAt === null ? [] : [`Valid until ${formatDay(campaign.endsAt - 1, timeZone, { year: true })}.`]
  const said = [...(offer.condition ? [`${offer.condition}.`] : []), campaign.termsText].filter(Boolean)
  return [...said, ...until]
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
