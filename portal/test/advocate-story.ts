import { addressFor } from '../../api/src/modules/contacts/contacts.ts'
import { convertReferral } from '../../api/src/modules/conversions/conversions.ts'
import { createPortalLink } from '../../api/src/modules/portal/portal.ts'
import { transaction } from '../../api/src/shared/context.ts'
import { createWorld, stranger } from '../../api/test/harness.ts'
import { startTestServer } from '../../api/test/server.ts'

/** Anna referred Priya and Dana, whose jobs were paid today and 30 days ago, and Leo, who waits for a call. Rewards clear after 14 days. */
export async function startAnnasStory() {
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

  return {
    url: server.url,
    /** Her link, as it is shown and shared. */
    annasLink: anna.link,
    viewLink: () => linkFor(anna.contactId, 'view'),
    signInLink: () => linkFor(anna.contactId, 'full'),
    /** Of an advocate who has not referred anybody. */
    newcomersLink: () => linkFor(bo.contactId, 'view'),
    stop: server.stop,
  }
}

export type AnnasStory = Awaited<ReturnType<typeof startAnnasStory>>
