import { type Campaign, CreateCampaign } from '@goodword/contracts'
import { createCampaign, updateCampaign } from '../modules/surfaces/console/campaigns.ts'
import type { Ctx } from '../shared/context.ts'
import type { Program } from './planned.ts'

export type Campaigns = Record<Program, Campaign>

const termsText =
  'For first-time customers. The amount comes off your first invoice. One offer for each household; it cannot be combined with other offers or paid out in cash.'

/** Both campaigns with their first terms. */
export async function createCampaigns(owner: Ctx): Promise<Campaigns> {
  const neighbors = CreateCampaign.parse({
    name: 'Neighbor Thank-You',
    friendOffer: 'your first plumbing visit',
    termsText,
    linkTarget: 'page',
    landingUrl: `http://127.0.0.1:${owner.config.demoPort}/`,
    terms: neighborTerms(10_000),
  })
  const partners = CreateCampaign.parse({
    name: 'Trade partners',
    friendOffer: 'your first commercial job',
    termsText: 'For businesses we have not worked for. The credit can be used on any later invoice, for a year.',
    terms: {
      advocate: { kind: 'credit', value: { type: 'fixed', amount: 15_000 } },
      friend: { kind: 'credit', value: { type: 'fixed', amount: 10_000 }, minJobValue: 50_000 },
      tiers: [{ from: 5, value: { type: 'fixed', amount: 20_000 } }],
      pendingExpiresDays: 60,
      holdDays: 14,
    },
  })
  return { neighbors: await createCampaign(owner, neighbors), partners: await createCampaign(owner, partners) }
}

/** A few months in, the maximum reward per job is raised. Earlier conversions keep their terms version. */
export async function raiseMaximum(owner: Ctx, campaigns: Campaigns): Promise<Campaigns> {
  const { id, termsVersion } = campaigns.neighbors
  return { ...campaigns, neighbors: await updateCampaign(owner, id, { terms: neighborTerms(15_000), termsVersion }) }
}

const neighborTerms = (maxAmount: number): Campaign['terms'] => ({
  advocate: { kind: 'credit', value: { type: 'percent', basisPoints: 500, maxAmount } },
  friend: { kind: 'credit', value: { type: 'fixed', amount: 2_000 } },
  friendRewardUse: 'off_this_job',
  tiers: [],
  milestones: [
    { at: 1, amount: 1_000 },
    { at: 3, amount: 5_000 },
    { at: 5, amount: 10_000 },
  ],
  countEachYear: false,
  honor: 'never_less',
  liveReferralsMax: 50,
  advocateCaps: { year: 60_000 },
  existingCustomers: 'reject',
  pendingExpiresDays: 60,
  holdDays: 14,
  approval: 'automatic',
})
