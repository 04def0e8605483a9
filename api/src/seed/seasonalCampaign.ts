import { type Campaign, CreateCampaign } from '@goodword/contracts'
import { dayMs } from '@goodword/domain'
import { uploadCodes } from '../modules/program/campaigns/codePool.ts'
import { convertReferral } from '../modules/program/conversions/conversions.ts'
import { acceptReferral, referralOfForm } from '../modules/program/referrals/referrals.ts'
import { inviteAdvocate } from '../modules/surfaces/console/advocates.ts'
import { createCampaign } from '../modules/surfaces/console/campaigns.ts'
import { newFormToken, readFormToken } from '../modules/surfaces/embed/formToken.ts'
import { submitReferral } from '../modules/surfaces/embed/submit.ts'
import type { Company, DemoServices } from './organization.ts'
import { emailFor, type Person } from './people.generated.ts'
import type { Moment } from './play.ts'

type Season = { demo: DemoServices; company: Company; now: number; personNamed: (name: string) => Person }

const openedDaysAgo = 70
const formOpenMs = 80_000

/** Codes the owner created in the shop's till and uploaded to the pool. */
const poolOfCodes = Array.from({ length: 12 }, (_, n) => `HEAT-${String((n + 3) * 7_919).slice(-4)}`)

/**
 * Two neighbors who also join this campaign, and the friends they refer. Days are counted back from today. Callum lives
 * in the same house as Paul, which raises a flag.
 */
const advocates = ['Dana Whitfield', 'Walter Nguyen']
const friends = [
  {
    name: 'Ngozi Eze',
    by: 'Dana Whitfield',
    answer: 'House',
    network: '203.0.113.11',
    sent: 58,
    converted: 51,
    job: 42_000,
  },
  {
    name: 'Paul Whitaker',
    by: 'Walter Nguyen',
    answer: 'Apartment',
    network: '203.0.113.12',
    sent: 33,
    converted: 26,
    job: 38_500,
  },
  { name: 'Sabine Roth', by: 'Dana Whitfield', answer: 'House', network: '203.0.113.13', sent: 10.2, accepted: 9.4 },
  { name: 'Callum Reid', by: 'Walter Nguyen', answer: 'Shop or office', network: '203.0.113.12', sent: 3.3 },
]

/**
 * A seasonal campaign: friends get a code from a pool, give consent to a call, and answer a question about their home.
 */
export function addSeasonalCampaign({ demo, company, now, personNamed }: Season): Moment[] {
  const { owner, staff } = company
  const at = (daysAgo: number) => now - daysAgo * dayMs
  let campaign: Campaign
  const codes = new Map<string, string>()
  const opening = async () => {
    campaign = await createCampaign(owner, terms())
    await uploadCodes(owner, campaign.id, { codes: poolOfCodes })
    for (const name of advocates) {
      const invited = await inviteAdvocate(owner, { campaignId: campaign.id, notify: true, ...personNamed(name) })
      codes.set(name, invited.code)
    }
  }
  return [
    { at: at(openedDaysAgo), happens: opening },
    ...friends.flatMap(({ name, by, answer, network, sent, accepted, converted, job }): Moment[] => {
      let id = ''
      const arrive = async () => {
        id = await fillForm({ demo, company }, { code: codes.get(by) ?? '', name, answer, network })
      }
      return [
        { at: at(sent), happens: arrive },
        ...(accepted ? [{ at: at(accepted), happens: () => acceptReferral(staff, id) }] : []),
        ...(converted
          ? [{ at: at(converted), happens: () => convertReferral(owner, id, { jobValue: job, notify: true }) }]
          : []),
      ]
    }),
  ]
}

const terms = (): CreateCampaign =>
  CreateCampaign.parse({
    name: 'Heating check',
    friendOffer: 'a heating check before winter',
    termsText: 'For homes and shops we have not worked in. One code for each, until the end of March.',
    form: {
      email: 'required',
      phone: 'optional',
      message: 'optional',
      consent: { text: 'Harbor & Sons may call or text me about this request.' },
      question: { label: 'What is to be heated?', required: true, choices: ['House', 'Apartment', 'Shop or office'] },
    },
    terms: {
      advocate: { kind: 'credit', value: { type: 'fixed', amount: 2_500 } },
      friend: { kind: 'discount_code', discount: { type: 'percent', basisPoints: 1_500 }, source: 'pool' },
      holdDays: 14,
    },
  })

type Sent = { code: string; name: string; answer: string; network: string }

async function fillForm({ demo, company }: Pick<Season, 'demo' | 'company'>, sent: Sent): Promise<string> {
  const { code, name, answer, network } = sent
  const { services } = demo
  const { id: organizationId } = company.organization
  const sentAt = services.clock()
  demo.at(sentAt - formOpenMs)
  const formToken = newFormToken(services, organizationId)
  demo.at(sentAt)
  const input = { code, name, email: emailFor(name), answer, consent: true, formToken }
  await submitReferral(company.friend, input, { source: 'hosted', address: network })
  const token = readFormToken(services, organizationId, formToken)
  const referral = token.ok ? await referralOfForm(company.friend, token.nonce) : undefined
  if (!referral) throw new Error(`The form of ${name} created no referral.`)
  return referral.id
}
