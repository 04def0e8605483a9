import * as credit from '../src/modules/money/rewards/credit.ts'
import * as requests from '../src/modules/money/rewards/requests.ts'
import * as rewards from '../src/modules/money/rewards/rewards.ts'
import * as contacts from '../src/modules/people/contacts/contacts.ts'
import * as keys from '../src/modules/platform/keys/keys.ts'
import * as advocates from '../src/modules/program/advocates/advocates.ts'
import * as traces from '../src/modules/program/advocates/traces.ts'
import * as campaigns from '../src/modules/program/campaigns/campaigns.ts'
import * as conversions from '../src/modules/program/conversions/conversions.ts'
import { linkJob } from '../src/modules/program/conversions/rewardedJobs.ts'
import { askAdvocate } from '../src/modules/program/invitations/byHand.ts'
import * as referrals from '../src/modules/program/referrals/referrals.ts'
import * as rewardQueries from '../src/modules/surfaces/console/rewards.queries.ts'
import { type Ctx, transaction } from '../src/shared/context.ts'
import { createWorld, stranger, type TestServices } from './harness.ts'
import { addTheirJob } from './organizations.jobs.ts'
import { addWebhook } from './organizations.webhooks.ts'

export const canary = 'Zebulon'

/** The ids of everything in one organization, as another could name them. */
export async function fill(test: TestServices) {
  const world = await createWorld(test.services, `${canary} Pipes`)
  const campaign = await world.campaign({ holdDays: 14 }, { name: `${canary} Rewards` })
  const friend = stranger(`Priya ${canary}`)
  const advocate = await world.advocate(campaign.id, stranger(`${canary} Kowalski`))
  const converted = await world.referral(advocate.id)
  await conversions.convertReferral(world.ctx, converted.id, { jobValue: 100_000, notify: true })
  const pending = await world.referral(advocate.id, friend)
  const conversion = await conversions.findConversion(world.ctx, converted.id)
  const request = await requests.requestCredit(world.ctx, { contactId: conversion?.friendContactId ?? '', ...asked })
  const key = await keys.createKey(world.ctx, { kind: 'secret', name: canary, scopes: ['referrals:read'] })
  const identityKey = await keys.createKey(world.ctx, { kind: 'identity', name: canary, scopes: [] })
  const opening = { contactId: advocate.contactId, amount: 100, currency: 'USD', note: canary } as const
  const openingId = await within(world.ctx, (tx) => credit.addOpeningCredit(tx, opening))
  const [waiting] = (await rewardQueries.listRewards(world.ctx, { ...page, tab: 'waiting' })).items
  const reward = await rewards.getReward(world.ctx, waiting?.id ?? '')
  const reach = await contacts.addressFor(world.ctx, advocate.contactId)
  const campaignContext = await campaigns.loadCampaignContext(world.ctx, campaign.id)
  const enrollment = await advocates.getEnrollment(world.ctx, advocate.id)
  const record = await referrals.getReferral(world.ctx, pending.id)
  await within(world.ctx, (tx) => traces.recordTrace(tx, advocate.contactId, { networkHash: 'network' }))
  const webhook = await addWebhook(world.ctx, `${canary}.example`)
  const job = await addTheirJob(world.ctx)
  const ask = await askAdvocate(world.ctx, advocate.id)
  if (!conversion || !reach) throw new Error('The world is not whole.')
  await within(world.ctx, (tx) => linkJob(tx, conversion, { jobId: job.job.id, refundedBefore: 0 }))
  return {
    world,
    webhook,
    job,
    ask,
    campaign,
    advocate,
    converted,
    pending,
    conversion,
    request,
    openingId,
    reward,
    key,
    identityKey,
    reach,
    campaignContext,
    enrollment,
    record,
    friend,
  }
}

export type Theirs = Awaited<ReturnType<typeof fill>>
export type Attempt = (ctx: Ctx, theirs: Theirs) => Promise<unknown>

export const at = Date.parse('2026-06-01T16:00:00Z')
export const page = { limit: 100 }
export const asked = { amount: 500, currency: 'USD', use: 'next_invoice' } as const

export const within = <T>(ctx: Ctx, work: (tx: Ctx) => Promise<T>) => transaction(ctx, work)
