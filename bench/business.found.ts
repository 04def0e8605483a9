import { CreateCampaign, scopes } from '@goodword/contracts'
import { createConnection } from '../api/src/modules/platform/connections/connections.ts'
import { createKey } from '../api/src/modules/platform/keys/keys.ts'

import { updateOrganization } from '../api/src/modules/platform/organizations/settings.ts'
import { addEndpoint } from '../api/src/modules/platform/webhooks/endpoints.ts'
import { inviteAdvocate } from '../api/src/modules/surfaces/console/advocates.ts'
import { createCampaign } from '../api/src/modules/surfaces/console/campaigns.ts'
import { createPortalLink } from '../api/src/modules/surfaces/portal/portal.ts'
import { createOrganization } from '../api/src/modules/surfaces/setup/createOrganization.ts'
import { contextFor, type Services, transaction } from '../api/src/shared/context.ts'
import type { BusinessSpec } from './business.sql.ts'

export type Facts = {
  spec: BusinessSpec
  secretKey: string
  /** The advocate with the most referrals, and a link to their portal. */
  busiest: { id: string; code: string; contactId: string; portalToken: string }
  /** A contact with a converted referral. */
  friendId: string
  referralId: string
}

/** Another, small organization in the same database, whose friends submit while the large one looks at its lists. */
export type Neighbor = { publishableKey: string; code: string }

const details = {
  tagline: 'Plumbing',
  currency: 'USD',
  timeZone: 'America/Los_Angeles',
  country: 'US',
  phone: '(415) 555-0100',
} as const

async function openOffice(services: Services, name: string, email: string) {
  const owner = { name: 'Maya Ortiz', email }
  const { organization, owner: member } = await createOrganization(services, { ...details, name, owner })
  const actor = { type: 'member', id: member.id, personId: member.personId, role: 'owner' } as const
  return { ctx: contextFor(services, organization.id, actor), organization, member }
}

export async function foundNeighbor(services: Services): Promise<Neighbor> {
  const { ctx } = await openOffice(services, 'Mill Lane Roofing', 'office@milllane.example')
  const campaign = await createCampaign(ctx, CreateCampaign.parse({ ...credit, name: 'Neighbors' }))
  const given = { campaignId: campaign.id, name: 'Ida Lund', email: 'ida@mail.example', notify: false }
  const { code } = await inviteAdvocate(ctx, given)
  const { key: publishableKey } = await createKey(ctx, { kind: 'publishable', name: 'Website', scopes: [] })
  return { publishableKey, code }
}

type Size = Pick<BusinessSpec, 'number' | 'referrals' | 'now'>
export type Founded = { spec: BusinessSpec; secretKey: string }

export async function foundBusiness(services: Services, size: Size): Promise<Founded> {
  const name = size.number === 0 ? 'Harbor & Sons' : `Harbor & Sons ${size.number}`
  const { ctx, organization, member } = await openOffice(services, name, `maya${size.number}@harborsons.example`)
  const campaigns = []
  for (const title of ['Neighbor Thank-You', 'Spring Tune-Up', 'Water Heaters']) {
    campaigns.push((await createCampaign(ctx, CreateCampaign.parse({ ...credit, name: title }))).id)
  }
  campaigns.push((await createCampaign(ctx, CreateCampaign.parse(giftCards))).id)
  const { id: endpointId } = await addEndpoint(ctx, {
    url: 'https://hooks.harborsons.example/goodword',
    description: 'Bench',
    events: [],
  })
  await updateOrganization(ctx, { features: ['jobs'] })
  const { id: connectionId } = await createConnection(ctx, { name: 'Our jobs', kind: 'hmac' })
  const { key: secretKey } = await createKey(ctx, { kind: 'secret', name: 'Bench', scopes: [...scopes] })
  const spec = { ...size, organizationId: organization.id, memberId: member.id, endpointId, connectionId, campaigns }
  return { spec, secretKey }
}

const offer = { friendOffer: 'your first plumbing visit' }
const credit = {
  ...offer,
  terms: {
    advocate: { kind: 'credit', value: { type: 'percent', basisPoints: 500 } },
    friend: { kind: 'credit', value: { type: 'fixed', amount: 2_000 } },
    liveReferralsMax: 10_000,
    holdDays: 14,
  },
}
const giftCards = {
  ...offer,
  name: 'Gift cards',
  terms: {
    advocate: { kind: 'custom', text: 'A gift card' },
    friend: { kind: 'custom', text: 'A gift card' },
    liveReferralsMax: 10_000,
    holdDays: 14,
  },
}

/** What the requests are about, once the rows are there. */
export async function factsOf(services: Services, { spec, secretKey }: Founded): Promise<Facts> {
  const { organizationId } = spec
  const ctx = contextFor(services, organizationId, { type: 'system' })
  const [busiest] = await ctx.db.all<[string, string, string, string]>(
    `SELECT e.id, e.code, e.contact_id, a.id FROM enrollments e JOIN contact_addresses a ON a.contact_id = e.contact_id AND a.kind = 'email'
      WHERE e.id = (SELECT enrollment_id FROM referrals WHERE organization_id = '${organizationId}' AND enrollment_id IS NOT NULL
        GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)`,
  )
  const [converted] = await ctx.db.all<[string, string]>(
    `SELECT referral_id, friend_contact_id FROM conversions WHERE organization_id = '${organizationId}'
      ORDER BY created_at LIMIT 1 OFFSET ${Math.floor(spec.referrals / 10)}`,
  )
  if (!busiest || !converted) throw new Error('The business has no advocate.')
  const [id, code, contactId, addressId] = busiest
  const link = { contactId, addressId, scope: 'view' } as const
  const portalToken = await transaction(ctx, (tx) => createPortalLink(tx, link))
  const [referralId, friendId] = converted
  return { spec, secretKey, busiest: { id, code, contactId, portalToken }, referralId, friendId }
}
