import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateCampaign, type Scope, scopes } from '@goodword/contracts'
import { readConfig } from '../api/src/config.ts'
import { createConnection } from '../api/src/modules/platform/connections/connections.ts'
import { createKey } from '../api/src/modules/platform/keys/keys.ts'
import { updateOrganization } from '../api/src/modules/platform/organizations/settings.ts'
import { addSite } from '../api/src/modules/platform/organizations/sites.ts'
import { inviteAdvocate } from '../api/src/modules/surfaces/console/advocates.ts'
import { createCampaign } from '../api/src/modules/surfaces/console/campaigns.ts'
import { createReferral } from '../api/src/modules/surfaces/console/referrals.ts'
import { createOrganization } from '../api/src/modules/surfaces/setup/createOrganization.ts'
import { openServices } from '../api/src/services.ts'
import { type Ctx, contextFor } from '../api/src/shared/context.ts'

const advocates = 200

export type Installation = {
  publishableKey: string
  secretKey: string
  /** One per advocate. */
  codes: string[]
  /** Pending referrals, each with its own friend. */
  referralIds: string[]
  /** A system that sends events of jobs; null unless asked for. */
  inbound: { path: string; secret: string } | null
  /** Copies the database to its own folder and returns the file. */
  copy(): string
  remove(): void
}

/**
 * A business with 200 advocates and `pending` referrals, created through the product's functions; `site` is its
 * website, with `jobs` a system of its own is connected, and with "asking" its campaign asks after jobs.
 */
export async function createInstallation(
  pending: number,
  { site, jobs }: { site?: string; jobs?: true | 'asking' } = {},
): Promise<Installation> {
  const home = mkdtempSync(join(tmpdir(), 'goodword-bench-'))
  const original = join(home, 'original.db')
  const config = readConfig({ DATABASE_URL: `file:${original}`, LOG_LEVEL: 'silent', RATE_LIMITS: 'off' })
  const { services, close } = await openServices(config)
  const { organization, owner } = await createOrganization(services, {
    name: 'Harbor & Sons',
    tagline: 'Plumbing',
    currency: 'USD',
    timeZone: 'America/Los_Angeles',
    country: 'US',
    phone: '(415) 555-0100',
    owner: { name: 'Maya Ortiz', email: 'maya@harborsons.example' },
  })
  const ctx = contextFor(services, organization.id, {
    type: 'member',
    id: owner.id,
    personId: owner.personId,
    role: 'owner',
  })
  const keyOf = async (kind: 'publishable' | 'secret', may: Scope[]) =>
    (await createKey(ctx, { kind, name: 'Bench', scopes: may })).key
  const campaign = await createCampaign(ctx, jobs === 'asking' ? askingCampaign : ordinaryCampaign)
  const enrolled = await Promise.all(
    Array.from({ length: advocates }, (_, n) =>
      inviteAdvocate(ctx, {
        campaignId: campaign.id,
        name: `Anna ${n}`,
        email: `anna${n}@mail.example`,
        notify: false,
      }),
    ),
  )
  const referralIds: string[] = []
  for (let n = 0; n < pending; n += 1) {
    const advocate = enrolled[n % enrolled.length]
    const friend = { name: `Priya ${n}`, email: `priya${n}@pending.example` }
    if (advocate) referralIds.push((await createReferral(ctx, { advocateId: advocate.id, friend, metadata: {} })).id)
  }
  if (site) await addSite(ctx, { origin: site })
  const inbound = jobs ? await connectJobs(ctx) : null
  const publishableKey = await keyOf('publishable', [])
  const secretKey = await keyOf('secret', [...scopes])
  await close()

  let copies = 0
  return {
    publishableKey,
    secretKey,
    codes: enrolled.map((advocate) => advocate.code),
    referralIds,
    inbound,
    copy() {
      copies += 1
      const folder = join(home, String(copies))
      mkdirSync(folder)
      // The last commits may still be in the log next to the file.
      for (const part of ['', '-wal']) {
        if (existsSync(original + part)) copyFileSync(original + part, join(folder, `goodword.db${part}`))
      }
      return join(folder, 'goodword.db')
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

async function connectJobs(ctx: Ctx): Promise<Installation['inbound']> {
  await updateOrganization(ctx, { features: ['jobs'] })
  const { url, newSecret } = await createConnection(ctx, { name: 'Our jobs', kind: 'hmac' })
  return { path: new URL(url).pathname, secret: newSecret ?? '' }
}

const ordinaryCampaign = CreateCampaign.parse({
  name: 'Neighbor Thank-You',
  friendOffer: 'your first plumbing visit',
  terms: {
    advocate: { kind: 'credit', value: { type: 'percent', basisPoints: 500 } },
    friend: { kind: 'credit', value: { type: 'fixed', amount: 2_000 } },
    liveReferralsMax: 10_000,
  },
})
const askingCampaign = CreateCampaign.parse({
  ...ordinaryCampaign,
  terms: { ...ordinaryCampaign.terms, jobs: { ask: { on: true, quietHours: { from: '03:00', until: '03:01' } } } },
})
