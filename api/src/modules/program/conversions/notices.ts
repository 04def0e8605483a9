import type { Currency } from '@goodword/contracts'
import { firstName, type SideReward, withExceptions } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import type { Ctx } from '../../../shared/context.ts'
import { describeReward } from '../../money/rewards/kinds/kinds.ts'
import type { Given } from '../../money/rewards/rewards.ts'
import { getMessageRecipient } from '../../people/contacts/recipients.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import type { Enrollment } from '../advocates/advocates.ts'
import { linkOf } from '../advocates/links.ts'
import type { Conversion } from './conversions.table.ts'
import type { Decision } from './decision.ts'
import { earnedBy } from './earned.ts'

/** What happened to each side's reward; null for a side that gets nothing. */
export type IssuedRewards = { advocate: Given | null; friend: Given | null }

/** The friend's own enrollment: their link and their terms. */
type NewAdvocate = Pick<Enrollment, 'code' | 'exceptions'>

/** Notifies the advocate and the friend of their rewards, each with their own portal link. */
export async function notifyBothSides(
  tx: Ctx,
  conversion: Conversion,
  decision: Decision,
  given: IssuedRewards,
  friend: NewAdvocate,
): Promise<void> {
  await notifyAdvocate(tx, conversion, decision, given.advocate)
  await notifyFriend(tx, conversion, decision, given.friend, friend)
}

const notifyAdvocate = (tx: Ctx, conversion: Conversion, decision: Decision, given: Given | null): Promise<void> => {
  const { availableAt, organization } = decision
  const reward = decision.rewards.advocate
  return notifyEarned(
    tx,
    { ...conversion, availableAt, organization, reward, contactId: conversion.advocateContactId },
    { given, key: `conversion:${conversion.id}:advocate` },
  )
}

type EarnedSide = {
  referralId: string
  contactId: string
  reward: SideReward
  currency: Currency
  availableAt: number
  createdAt: number
  organization: Decision['organization']
}

async function notifyEarned(
  tx: Ctx,
  { referralId, contactId, reward, currency, availableAt, createdAt, organization }: EarnedSide,
  { given, key }: { given: Given | null; key: string },
): Promise<void> {
  const inLanguage = (words: Words) => describeSide(reward, currency, words)
  if (earnedBy(reward) === null) return
  const contact = await getMessageRecipient(tx, contactId)
  if (!contact.reach) return
  const held = availableAt > createdAt
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    referralId,
    contactId: contact.id,
    mentions: [],
    name: contact.name,
    template: 'reward_earned',
    language: contact.language,
    values: (words) => ({
      organizationName: organization.name,
      advocateFirstName: firstName(contact.name),
      amount: inLanguage(words) ?? '',
      until: held ? words.day(availableAt, organization.timeZone) : null,
      ...whatElse(given),
    }),
    link: 'portal_view',
    idempotencyKey: key,
    ...contact.reach,
  })
}

/** Notifies the advocate of what a further job of their friend earned; the friend hears of theirs when it can be used. */
export const notifyOfFurtherJob = (
  tx: Ctx,
  earned: Omit<EarnedSide, 'contactId' | 'reward'> & {
    source: { id: string }
    advocateContactId: string
    rewards: { advocate: SideReward }
  },
  { advocate }: IssuedRewards,
): Promise<void> =>
  notifyEarned(
    tx,
    { ...earned, contactId: earned.advocateContactId, reward: earned.rewards.advocate },
    { given: advocate, key: `job:${earned.source.id}:advocate` },
  )

async function notifyFriend(
  tx: Ctx,
  conversion: Conversion,
  decision: Decision,
  given: Given | null,
  friend: NewAdvocate,
): Promise<void> {
  const { organization, campaign, terms } = decision
  const contact = await getMessageRecipient(tx, conversion.friendContactId)
  if (!contact.reach) return
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    referralId: conversion.referralId,
    contactId: contact.id,
    mentions: [],
    name: contact.name,
    template: 'friend_welcome',
    language: contact.language,
    values: (words) => ({
      organizationName: organization.name,
      friendFirstName: firstName(contact.name),
      headline: words.headline(withExceptions(terms, friend.exceptions), campaign.currency),
      shareLink: linkOf({ campaign, code: friend.code, publicUrl: tx.config.publicUrl }),
      ...offered(decision.rewards.friend, describeSide(decision.rewards.friend, conversion.currency, words)),
      until: null,
      ...whatElse(given),
    }),
    link: 'portal_view',
    idempotencyKey: `conversion:${conversion.id}:friend`,
    ...contact.reach,
  })
}

const offered = ({ use }: SideReward, words: string | null) =>
  use === 'off_this_job' ? { credit: null, offThisJob: words } : { credit: words, offThisJob: null }

const whatElse = (given: Given | null) => ({
  ...(given?.waits ? { waits: given.waits } : {}),
  ...(given?.code ? { code: given.code } : {}),
})

function describeSide(side: SideReward, currency: Currency, words: Words): string | null {
  const earned = earnedBy(side)
  return earned && describeReward({ currency, ...earned }, words)
}
