import { CreateCampaign } from '@goodword/contracts'
import { dayMs } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import { deliverReward } from '../modules/money/rewards/deliveries.staff.ts'
import { rewards } from '../modules/money/rewards/rewards.table.ts'
import { convertReferral, findConversion } from '../modules/program/conversions/conversions.ts'
import { acceptReferral, createReferral } from '../modules/program/referrals/referrals.ts'
import { inviteAdvocate } from '../modules/surfaces/console/advocates.ts'
import { createCampaign } from '../modules/surfaces/console/campaigns.ts'
import type { Company } from './organization.ts'
import { emailFor, type Person } from './people.generated.ts'
import type { Moment } from './play.ts'

const openedDaysAgo = 110

/**
 * Two neighbors who also join this campaign, and the friends they send. Joe enters them after a call; days are counted back
 * from today. The last card that is due still has to be bought, and so has the shower head of the last friend.
 */
const advocates = ['Joanna Reyes', 'Miriam Adler']
const friends = [
  { name: 'Ivy Chen', by: 'Joanna Reyes', sent: 101, converted: 82, job: 640_000, card: 'GC-7Q2M-40PA' },
  { name: 'Roland Weiss', by: 'Miriam Adler', sent: 64, converted: 47, job: 915_000, card: 'GC-91KD-77TX' },
  { name: 'Alma Duarte', by: 'Joanna Reyes', sent: 39, converted: 18, job: 780_000 },
  { name: 'Pia Holmgren', by: 'Joanna Reyes', sent: 16, converted: 3, job: 560_000 },
]
const hoursToAnswer = 20
/** A card is due once the hold of its reward is over. */
const daysUntilCard = 16
const daysUntilFixture = 4

type Given = { company: Company; now: number; personNamed: (name: string) => Person }

/** A campaign of few and large jobs: gift cards that staff buy, of more from the second friend on, and a present for friends. */
export function addRemodelCampaign({ company, now, personNamed }: Given): Moment[] {
  const { owner, staff } = company
  const at = (daysAgo: number) => now - daysAgo * dayMs
  const enrollments = new Map<string, string>()
  const opening = async () => {
    const { id: campaignId } = await createCampaign(owner, terms())
    for (const name of advocates)
      enrollments.set(name, (await inviteAdvocate(owner, { campaignId, notify: true, ...personNamed(name) })).id)
  }
  return [
    { at: at(openedDaysAgo), happens: opening },
    ...friends.flatMap(({ name, by, sent, converted, job, card }): Moment[] => {
      let id = ''
      const enter = async () => {
        const friend = { name, email: emailFor(name) }
        const advocateId = enrollments.get(by) ?? ''
        id = (await createReferral(staff, { advocateId, friend, metadata: {} })).id
      }
      const moments: Moment[] = [
        { at: at(sent), happens: enter },
        { at: at(sent - hoursToAnswer / 24), happens: () => acceptReferral(staff, id) },
        { at: at(converted), happens: () => convertReferral(owner, id, { jobValue: job, notify: true }) },
      ]
      const hand = (side: 'advocate' | 'friend', code?: string) => () => handOver(company, id, side, code)
      if (converted > daysUntilFixture) moments.push({ at: at(converted - daysUntilFixture), happens: hand('friend') })
      if (card !== undefined) moments.push({ at: at(converted - daysUntilCard), happens: hand('advocate', card) })
      return moments
    }),
  ]
}

const terms = (): CreateCampaign =>
  CreateCampaign.parse({
    name: 'Bathroom remodels',
    friendOffer: 'a new bathroom',
    termsText: 'For remodels of $5,000 or more. The card and the fixture come after the last payment.',
    terms: {
      advocate: { kind: 'gift_card', value: { type: 'fixed', amount: 10_000 }, minJobValue: 500_000 },
      friend: { kind: 'custom', text: 'A better shower head, installed', amount: 12_000, minJobValue: 500_000 },
      tiers: [{ from: 2, value: { type: 'fixed', amount: 15_000 } }],
      holdDays: 14,
    },
  })

/** Staff bought the card, or installed what the friend gets. */
async function handOver({ staff }: Company, referralId: string, side: 'advocate' | 'friend', code?: string) {
  const conversion = await findConversion(staff, referralId)
  const [reward] = await staff.database.read
    .select({ id: rewards.id })
    .from(rewards)
    .where(
      and(
        eq(rewards.organizationId, staff.organizationId),
        eq(rewards.sourceType, 'conversion'),
        eq(rewards.sourceId, conversion?.id ?? ''),
        eq(rewards.side, side),
      ),
    )
  if (!reward) throw new Error(`Nothing is to be delivered for referral ${referralId}.`)
  await deliverReward(staff, reward.id, code === undefined ? {} : { code })
}
