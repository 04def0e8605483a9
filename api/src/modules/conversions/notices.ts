import type { Currency } from '@goodword/contracts'
import { firstName, formatDay, formatMoney, headline, type SideReward, withExceptions } from '@goodword/domain'
import type { Ctx } from '../../shared/context.ts'
import type { Enrollment } from '../advocates/advocates.ts'
import { linkOf } from '../advocates/links.ts'
import { correspondentOf } from '../contacts/correspondents.ts'
import { queueMessage } from '../messages/messages.ts'
import type { Given } from '../rewards/rewards.ts'
import type { Conversion } from './conversions.table.ts'
import type { GivenBoth } from './conversions.ts'
import type { Decision } from './decision.ts'

/** The friend's own enrollment: their link and their terms. */
type NewAdvocate = Pick<Enrollment, 'code' | 'exceptions'>

/** Tells the advocate what they earned and the friend what is theirs, each with their own portal link. */
export async function tellBothSides(
  tx: Ctx,
  conversion: Conversion,
  decision: Decision,
  given: GivenBoth,
  friend: NewAdvocate,
): Promise<void> {
  await tellAdvocate(tx, conversion, decision, given.advocate)
  await tellFriend(tx, conversion, decision, given.friend, friend)
}

async function tellAdvocate(tx: Ctx, conversion: Conversion, decision: Decision, given: Given | null): Promise<void> {
  const amount = words(decision.rewards.advocate, conversion.currency)
  if (amount === null) return
  const { reach, ...contact } = await correspondentOf(tx, conversion.advocateContactId)
  if (!reach) return
  const { organization } = decision
  const held = decision.availableAt > conversion.createdAt
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    referralId: conversion.referralId,
    contactId: contact.id,
    ...reach,
    name: contact.name,
    template: 'reward_earned',
    values: {
      organizationName: organization.name,
      advocateFirstName: firstName(contact.name),
      amount,
      until: held ? formatDay(decision.availableAt, organization.timeZone) : null,
      ...whatElse(given),
    },
    link: 'portal_view',
    idempotencyKey: `conversion:${conversion.id}:advocate`,
  })
}

async function tellFriend(
  tx: Ctx,
  conversion: Conversion,
  decision: Decision,
  given: Given | null,
  friend: NewAdvocate,
): Promise<void> {
  const { organization, campaign, terms } = decision
  const { reach, ...contact } = await correspondentOf(tx, conversion.friendContactId)
  if (!reach) return
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    referralId: conversion.referralId,
    contactId: contact.id,
    ...reach,
    name: contact.name,
    template: 'friend_welcome',
    values: {
      organizationName: organization.name,
      friendFirstName: firstName(contact.name),
      headline: headline(withExceptions(terms, friend.exceptions), campaign.currency),
      shareLink: linkOf({ campaign, code: friend.code, publicUrl: tx.config.publicUrl }),
      credit: words(decision.rewards.friend, conversion.currency),
      until: null,
      ...whatElse(given),
    },
    link: 'portal_view',
    idempotencyKey: `conversion:${conversion.id}:friend`,
  })
}

const whatElse = (given: Given | null) => ({
  ...(given?.waits ? { waits: given.waits } : {}),
  ...(given?.code ? { code: given.code } : {}),
})

function words(side: SideReward, currency: Currency): string | null {
  if (side.kind === 'custom' || side.kind === 'discount_code') return side.text
  return side.kind === 'credit' && side.amount > 0 ? formatMoney(side.amount, currency) : null
}
