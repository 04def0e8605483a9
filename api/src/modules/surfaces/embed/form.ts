import { defaultForm, type EmbedForm, type Offer, type ProblemCode } from '@goodword/contracts'
import { campaignOpenness, firstName, initials, isPersonName, withExceptions } from '@goodword/domain'
import { type Words, wordsIn } from '@goodword/words/server'
import { type Ctx, contextFor, type Services } from '../../../shared/context.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { type Enrollment, enrollmentOfCode, findByCode } from '../../program/advocates/advocates.ts'
import { type CampaignContext, loadCampaignContext } from '../../program/campaigns/campaigns.ts'
import { isTest } from '../install/activity.ts'
import { findCampaignByHand } from './campaignByHand.queries.ts'
import { newFormToken } from './formToken.ts'
import { proofBits } from './proof.ts'
import { isRaised } from './traffic.ts'

type FormOrganization = EmbedForm['organization'] & { timeZone: string }

/** What the form shows: the advocate, the friend's offer, and whether it is open. */
export type LinkFacts = CampaignContext & {
  enrollment: Enrollment
  /** Worded for the friend. */
  advocateName: string
  /** "A friend" if the advocate doesn't want their name shown. */
  advocateFirstName: string
  /** Whether `name` is the advocate's real name. */
  named: boolean
  offer: Offer
  closed: { code: ProblemCode; sentence: string } | null
}

/**
 * `campaign` is for a visitor without a code when several campaigns are open; `lang` is a language tag. A website's own
 * form always brings a proof along, because its page may be left when it is sent and can't be asked for one afterwards.
 */
export type LoadedForm = { campaign?: string | undefined; lang?: string | undefined; ownForm?: boolean }

/** Everything needed to show the form. Without a code, or with an unknown one, there is no advocate and no offer. */
export async function loadForm(ctx: Ctx, code: string | undefined, asked: LoadedForm = {}): Promise<EmbedForm> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const facts = code === undefined ? null : await findLinkFacts(ctx, code, asked.lang)
  const words = wordsIn(asked.lang)
  const byHand = facts ? null : await findCampaignByHand(ctx, asked.campaign)
  const unknown = code !== undefined && facts === null
  const { name, phone, brandColor, logo } = organization
  return {
    organization: { name, phone, brandColor, logo },
    fields: (facts ?? byHand)?.campaign.form ?? defaultForm,
    asks: facts ? 'nothing' : byHand ? 'code_or_name' : 'code',
    advocate: facts ? { firstName: facts.advocateFirstName, initials: initials(facts.advocateName) } : null,
    offer: facts?.offer ?? null,
    closed: unknown ? closedReason('code_unknown', organization, null, asked.lang) : (facts?.closed ?? null),
    formToken: newFormToken(ctx, ctx.organizationId),
    ...(asked.ownForm || isRaised(ctx, facts?.enrollment.code ?? '') ? { proofBits } : {}),
    privacyNote: words.privacy(name, facts && describeSender(facts, words)),
    ...(isTest(ctx) ? { test: true as const } : {}),
  }
}

/** The data behind a code of this organization; null for any other code. */
export async function findLinkFacts(ctx: Ctx, code: string, lang?: string): Promise<LinkFacts | null> {
  const enrollment = await enrollmentOfCode(ctx, code)
  if (!enrollment || enrollment.organizationId !== ctx.organizationId) return null
  const { organization, campaign, terms } = await loadCampaignContext(ctx, enrollment.campaignId)
  const advocate = await getContact(ctx, enrollment.contactId)
  const promised = withExceptions(terms, enrollment.exceptions)
  const words = wordsIn(lang)
  const sharesName = advocate.sharesName && isPersonName(advocate.name)
  const openness = campaignOpenness(campaign, ctx.clock())
  return {
    organization,
    campaign,
    terms,
    enrollment,
    advocateName: sharesName ? advocate.name : words.unnamed.first,
    advocateFirstName: sharesName ? firstName(advocate.name) : words.unnamed.first,
    named: sharesName,
    offer: words.offer(promised, campaign.currency, campaign.friendOffer),
    closed: openness.open ? null : closedReason(openness.code, organization, campaign.endsAt, lang),
  }
}

/** The organization of a link, for the hosted page, where the code is all a visitor brings. */
export async function contextOfCode(services: Services, code: string): Promise<Ctx | null> {
  const enrollment = await findByCode(services, code)
  return enrollment ? contextFor(services, enrollment.organizationId, { type: 'friend' }) : null
}

/** The advocate as the actor. */
export const describeSender = ({ named, advocateFirstName }: LinkFacts, { unnamed }: Words): string =>
  named ? advocateFirstName : unnamed.sender

/** Why a link is closed, worded for the friend. */
export function closedReason(code: ProblemCode, organization: FormOrganization, endsAt: number | null, lang?: string) {
  const { phone, timeZone } = organization
  const ended = code === 'campaign_ended' && endsAt !== null ? { day: endsAt - 1, timeZone } : null
  return { code, sentence: wordsIn(lang).refusal(code, { phone, ended }) }
}
