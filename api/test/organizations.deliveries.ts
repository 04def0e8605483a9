import * as difference from '../src/modules/money/rewards/cardDifference.ts'
import * as staff from '../src/modules/money/rewards/deliveries.staff.ts'
import * as deliveries from '../src/modules/money/rewards/deliveries.ts'
import * as cardEvents from '../src/modules/money/rewards/giftCards/cardEvents.ts'
import * as choices from '../src/modules/money/rewards/giftCards/choices.ts'
import * as settings from '../src/modules/money/rewards/giftCards/settings.ts'
import * as settling from '../src/modules/money/rewards/giftCards/settleCard.ts'
import type { Step } from '../src/modules/money/rewards/giftCards/step.ts'
import * as override from '../src/modules/money/rewards/override.ts'
import type { Reward } from '../src/modules/money/rewards/reward.ts'
import * as counts from '../src/modules/surfaces/console/deliveries.counts.queries.ts'
import * as deliveryQueries from '../src/modules/surfaces/console/deliveries.queries.ts'
import { type Attempt, page, within } from './organizations.world.ts'

const byHand = { reason: 'Mine', confirmOwed: true, notify: true } as const

/** An order of a card that never left. */
const stepOf = ({ id, organizationId }: Reward): Step => ({
  organizationId,
  rewardId: id,
  action: 'buy',
  order: {
    externalId: id,
    amount: 1,
    currency: 'USD',
    recipient: { name: 'Mine', email: 'mine@mail.example' },
    products: null,
    delivery: 'link',
  },
  card: null,
})

/** Deliveries, gift cards and changes of a reward's status, each called with ids of another organization. */
export const deliveryAttempts: Record<string, Attempt> = {
  findDelivery: (ctx, { reward }) => deliveries.findDelivery(ctx, reward.id),
  changeDelivery: (ctx, { reward }) => within(ctx, (tx) => deliveries.changeDelivery(tx, reward.id, { code: 'MINE' })),
  enqueueCard: (ctx, { reward }) => within(ctx, (tx) => deliveries.enqueueCard(tx, reward.id)),
  startDelivery: (ctx, { reward }) => within(ctx, (tx) => deliveries.startDelivery(tx, reward, 'gift_card')),
  cancelDelivery: (ctx, { reward }) => within(ctx, (tx) => deliveries.cancelDelivery(tx, reward.id)),
  finishDelivery: (ctx, { reward }) => within(ctx, (tx) => deliveries.finishDelivery(tx, reward.id)),
  isInHand: (ctx, { reward }) => deliveries.isInHand(ctx, reward.id),
  deliverReward: (ctx, { reward }) => staff.deliverReward(ctx, reward.id, { code: 'MINE' }),
  retryDelivery: (ctx, { reward }) => staff.retryDelivery(ctx, reward.id, {}),
  changeDeliveryDay: (ctx, { reward }) => staff.changeDeliveryDay(ctx, reward.id, { dueOn: '2026-06-09' }),
  releaseNow: (ctx, { reward }) => override.releaseNow(ctx, reward, 'Mine'),
  markUsed: (ctx, { reward }) => override.markUsed(ctx, reward, true, 'Mine'),
  takeBackIssued: (ctx, { reward }) => override.takeBackIssued(ctx, reward, byHand),
  reopenDelivery: (ctx, { reward }) => within(ctx, (tx) => deliveries.reopenDelivery(tx, reward.id)),
  settleDifference: (ctx, { reward }) => within(ctx, (tx) => difference.settleDifference(tx, reward)),
  noteTrouble: (ctx, { reward }) => within(ctx, (tx) => settling.noteTrouble(tx, stepOf(reward), 'busy')),
  settleCard: (ctx, { reward }) => within(ctx, (tx) => settling.settleCard(tx, stepOf(reward), null)),
  listToDeliver: (ctx) => deliveryQueries.listToDeliver(ctx, page),
  countToDeliver: async (ctx) => (await counts.countToDeliver(ctx)).count,
  countWithoutCodes: (ctx) => counts.countWithoutCodes(ctx),
  receiveCardEvent: (ctx) => cardEvents.receiveCardEvent(ctx, new Uint8Array(), ''),
  getGiftCardAccount: async (ctx) => (await settings.getGiftCardAccount(ctx)).account,
  listCardChoices: async (ctx) => (await choices.listCardChoices(ctx)).cards,
  allowAnyCard: (ctx, { reward }) => within(ctx, (tx) => deliveries.allowAnyCard(tx, reward.id)),
  giftCardsOf: (ctx) => settings.giftCardsOf(ctx),
  webhookKeyOf: (ctx) => settings.webhookKeyOf(ctx),
  noteCardEvent: (ctx) => within(ctx, (tx) => settings.noteCardEvent(tx)),
  disconnectGiftCards: async (ctx) => (await settings.disconnectGiftCards(ctx)).account,
}

/** They take no id, and read and write the caller's own account. */
export const nothingOfDeliveries = ['setGiftCardAccount', 'checkGiftCards', 'deliveryOf', 'dayToDeliver', 'isDelivered']

export const deliveryRooms = [
  deliveries,
  difference,
  staff,
  override,
  settling,
  settings,
  choices,
  cardEvents,
  deliveryQueries,
  counts,
]
