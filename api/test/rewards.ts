import { RewardQuery, type RewardTab, type Terms } from '@goodword/contracts'
import { messages } from '../src/modules/platform/messages/messages.table.ts'
import { convertReferral } from '../src/modules/surfaces/console/referrals.ts'
import { listRewards } from '../src/modules/surfaces/console/rewards.queries.ts'
import { AppError } from '../src/shared/errors.ts'
import { stranger, type TestServices, type World } from './harness.ts'

/** The code of an expected error; other errors are rethrown. */
export const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error)

/** Anna, whose friends book, and what the business sees of the rewards. */
export function annasRewards(at: () => { test: TestServices; world: World }) {
  return {
    /** A campaign with these terms, in which each of Anna's friends converts for $1,000.00. */
    async play(terms: Partial<Terms>, friends = 1) {
      const { test, world } = at()
      const campaign = await world.campaign(terms)
      const advocate = await world.advocate(campaign.id, stranger('Anna Kowalski'))
      const jobs: string[] = []
      const earn = async () => {
        test.clock.advance(1_000)
        const referral = await world.referral(advocate.id)
        await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: true })
        jobs.push(referral.id)
      }
      for (let n = 0; n < friends; n += 1) await earn()
      return { campaign, anna: advocate.contactId, jobs, earn }
    },
    tab: async (name: RewardTab) => (await listRewards(at().world.ctx, RewardQuery.parse({ tab: name }))).items,
    mails: async (template: string) =>
      (await at().test.services.database.read.select().from(messages)).filter(
        (message) => message.template === template,
      ),
  }
}
