import type { ProblemCode, SubmitReferral, Terms } from '@goodword/contracts'
import { listReferrals } from '../src/modules/surfaces/console/referrals.queries.ts'
import { newFormToken } from '../src/modules/surfaces/embed/formToken.ts'
import { submitReferral } from '../src/modules/surfaces/embed/submit.ts'
import { contextFor } from '../src/shared/context.ts'
import { stranger, type TestServices, type World } from './harness.ts'

let visitors = 0

/** Friends who fill in an organization's form, each with their own addresses. */
export function friendForm(test: Pick<TestServices, 'services' | 'clock'>, world: World) {
  const ctx = contextFor(test.services, world.organization.id, { type: 'friend' })
  /** A form that was opened five seconds ago. */
  const drawn = (): string => {
    const token = newFormToken(test.services, world.organization.id)
    test.clock.advance(5_000)
    return token
  }
  const form = (code: string, more: Partial<SubmitReferral> = {}): SubmitReferral => ({
    code,
    ...stranger(),
    formToken: more.formToken ?? drawn(),
    ...more,
  })
  const send = (input: SubmitReferral) => {
    visitors += 1
    return submitReferral(ctx, input, { source: 'widget', address: `198.51.100.${visitors}` })
  }
  /** A campaign with these terms, and Anna as its advocate. */
  const campaignContext = async (terms: Partial<Terms> = {}) => {
    const campaign = await world.campaign(terms)
    return { campaign, anna: await world.advocate(campaign.id, stranger('Anna Kowalski')) }
  }
  const referrals = async () => (await listReferrals(world.ctx, { limit: 100, sort: 'oldest' })).items
  return { ctx, drawn, form, send, campaignContext, referrals }
}

export type FriendForm = ReturnType<typeof friendForm>

/** The error a friend gets: the code, and where it matters the sentence. */
export const refusal = (code: ProblemCode, message?: string) => (message === undefined ? { code } : { code, message })
