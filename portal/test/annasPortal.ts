import { addressesOf, addressFor, verifyAddress } from '../../api/src/modules/people/contacts/contacts.ts'
import { listMessages } from '../../api/src/modules/platform/messages/messages.queries.ts'
import { convertReferral } from '../../api/src/modules/surfaces/console/referrals.ts'
import { newAddressToken } from '../../api/src/modules/surfaces/portal/account.ts'
import { createPortalLink } from '../../api/src/modules/surfaces/portal/portal.ts'
import { transaction } from '../../api/src/shared/context.ts'
import { createWorld, stranger } from '../../api/test/harness.ts'
import { startTestServer } from '../../api/test/server.ts'

/**
 * Anna referred Priya and Dana, whose jobs were paid today and 30 days ago, and Leo, who is waiting for a call.
 * Rewards clear after 14 days.
 */
export async function startAnnasPortal() {
  const server = await startTestServer()
  const world = await createWorld(server.services)
  const campaign = await world.campaign({ holdDays: 14, milestones: [{ at: 3, amount: 5_000 }] })
  const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  const bo = await world.advocate(campaign.id, stranger('Bo Lindqvist'))
  const refer = (name: string) => world.referral(anna.id, stranger(name))
  const [dana, priya] = [await refer('Dana Whitfield'), await refer('Priya Shah'), await refer('Leo Marchetti')]
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
  const thirtyDaysAgo = dayOf(server.services.clock() - 30 * 86_400_000)
  await convertReferral(world.ctx, dana.id, { jobValue: 110_000, paidOn: thirtyDaysAgo, notify: false })
  await convertReferral(world.ctx, priya.id, { jobValue: 225_000, notify: false })

  const linkFor = async (contactId: string, scope: 'view' | 'full') => {
    const reach = await addressFor(world.ctx, contactId)
    if (!reach) throw new Error('The story gives everybody an address.')
    const link = { contactId, addressId: reach.addressId, scope }
    const token = await transaction(world.ctx, (tx) => createPortalLink(tx, link))
    return `${server.url}/portal#${scope === 'full' ? 'sign-in' : 'token'}=${token}`
  }

  const annasAddress = (await addressesOf(world.ctx, anna.contactId)).find(({ kind }) => kind === 'email')?.value ?? ''
  const bayside = await createWorld(server.services, 'Bayside Electric')
  const elsewhere = await bayside.advocate((await bayside.campaign()).id, { name: 'Anna K.', email: annasAddress })
  const autumn = await world.campaign(
    { friend: { kind: 'none' } },
    { name: 'Autumn', termsText: 'One for each household.' },
  )
  await world.advocate(autumn.id, { name: 'Anna Kowalski', email: annasAddress })

  return {
    url: server.url,
    /** Confirms Anna's address at the other business as well. */
    async confirmAddressElsewhere() {
      const [address] = await addressesOf(bayside.ctx, elsewhere.contactId)
      await transaction(bayside.ctx, (tx) => verifyAddress(tx, address?.id ?? ''))
    },
    /** The link that would be sent to a new address. */
    newAddressLink: (value: string) => {
      const claim = { organizationId: world.organization.id, contactId: anna.contactId, kind: 'email', value } as const
      return `${server.url}/portal#address=${newAddressToken(server.services, claim)}`
    },
    /** An expired link of Anna's. */
    async expiredLink() {
      const early = { ...world.ctx, clock: () => server.services.clock() - 31 * 86_400_000 }
      const reach = await addressFor(world.ctx, anna.contactId)
      const link = { contactId: anna.contactId, addressId: reach?.addressId ?? '', scope: 'view' } as const
      return `${server.url}/portal#token=${await transaction(early, (tx) => createPortalLink(tx, link))}`
    },
    signInsSent: async () =>
      (await listMessages(world.ctx, { limit: 100 })).items.filter(({ template }) => template === 'portal_sign_in')
        .length,
    /** Anna's link, as it is shown and shared. */
    annasLink: anna.link,
    viewLink: () => linkFor(anna.contactId, 'view'),
    signInLink: () => linkFor(anna.contactId, 'full'),
    /** For an advocate who hasn't referred anyone. */
    newcomersLink: () => linkFor(bo.contactId, 'view'),
    /** For an advocate with 43 friends. */
    async busyLink() {
      const cleo = await world.advocate(campaign.id, stranger('Cleo Marsh'))
      for (let nth = 1; nth <= 43; nth += 1) await world.referral(cleo.id, stranger(`Friend${nth} Brook`))
      return linkFor(cleo.contactId, 'view')
    },
    newcomersSignInLink: () => linkFor(bo.contactId, 'full'),
    stop: server.stop,
  }
}

export type AnnasPortal = Awaited<ReturnType<typeof startAnnasPortal>>
