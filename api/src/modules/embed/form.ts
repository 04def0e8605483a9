import type { EmbedForm, Offer, ProblemCode } from '@goodword/contracts'
import { campaignOpenness, firstName, formatDay, friendOffer, initials, publicSentence } from '@goodword/domain'
import { type Ctx, contextFor, type Services } from '../../shared/context.ts'
import { type Enrollment, findByCode } from '../advocates/advocates.ts'
import { type Scene, sceneOf } from '../campaigns/campaigns.ts'
import { getContact } from '../contacts/contacts.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { isTest } from './events.ts'
import { newFormToken } from './formToken.ts'

type FormOrganization = EmbedForm['organization'] & { timeZone: string }

/** What a link offers: who recommends, what the friend gets, and whether it is open. */
export type LinkFacts = Scene & {
  enrollment: Enrollment
  advocateName: string
  offer: Offer
  closed: { code: ProblemCode; sentence: string } | null
}

/** What the form needs to be drawn. Without a code, or with one nobody has, there is no advocate and no offer. */
export async function drawForm(ctx: Ctx, code: string | undefined): Promise<EmbedForm> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const facts = code === undefined ? null : await factsOfCode(ctx, code)
  const unknown = code !== undefined && facts === null
  return {
    organization: { name: organization.name, phone: organization.phone, brandColor: organization.brandColor },
    advocate: facts ? { firstName: firstName(facts.advocateName), initials: initials(facts.advocateName) } : null,
    offer: facts?.offer ?? null,
    closed: unknown ? closedBy('code_unknown', organization, null) : (facts?.closed ?? null),
    formToken: newFormToken(ctx, ctx.organizationId),
    privacyNote: privacyNote(organization.name, facts?.advocateName),
    ...(isTest(ctx) ? { test: true as const } : {}),
  }
}

/** The facts of a code of this organization; null for any other. */
export async function factsOfCode(ctx: Ctx, code: string): Promise<LinkFacts | null> {
  const enrollment = await findByCode(ctx, code)
  if (!enrollment || enrollment.organizationId !== ctx.organizationId) return null
  const scene = await sceneOf(ctx, enrollment.campaignId)
  const { organization, campaign, terms } = scene
  const advocate = await getContact(ctx, enrollment.contactId)
  const openness = campaignOpenness(campaign, ctx.clock())
  return {
    ...scene,
    enrollment,
    advocateName: advocate.name,
    offer: friendOffer(terms, campaign.currency, campaign.friendOffer),
    closed: openness.open ? null : closedBy(openness.code, organization, campaign.endsAt),
  }
}

/** The organization whose link this is, for the hosted page: the code is the only thing a visitor brings. */
export async function contextOfCode(services: Services, code: string): Promise<Ctx | null> {
  const enrollment = await findByCode(services, code)
  return enrollment ? contextFor(services, enrollment.organizationId, { type: 'friend' }) : null
}

export function privacyNote(organizationName: string, advocateName: string | undefined): string {
  const use = `${organizationName} uses your details to answer you about this offer.`
  return advocateName ? `${use} ${firstName(advocateName)} sees your first name and whether you booked.` : use
}

/** Why a link is closed, in the words a friend reads. */
export function closedBy(code: ProblemCode, organization: FormOrganization, endsAt: number | null) {
  const ended =
    code === 'campaign_ended' && endsAt !== null ? { endedOn: formatDay(endsAt, organization.timeZone) } : {}
  return { code, sentence: publicSentence(code, { organizationPhone: organization.phone, ...ended }) }
}
