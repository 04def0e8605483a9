import type { CardState } from '@goodword/domain'
import type { Outcome } from '../../../../queue/kind.ts'
import { defineQueue } from '../../../../queue/worker.ts'
import { contextFor, type Services } from '../../../../shared/context.ts'
import { cardQueueKind } from '../deliveries.table.ts'
import { prepareCards } from './cardSteps.ts'
import { GiftCardError } from './giftCards.ts'
import { giftCardsOf } from './settings.ts'
import { noteTrouble, settleCard } from './settleCard.ts'
import type { Step, Tried } from './step.ts'
import { takeStep } from './takeStep.ts'

const seconds = (count: number) => count * 1_000
const hour = seconds(3_600)

/**
 * Gift cards that the provider is asked for, about, or to cancel. Each organization has its own lane. A step may be taken
 * twice: the order's external id stays the same until the provider says that it failed, so one card is bought.
 */
export const giftCardQueue = defineQueue<Step, Tried>({
  name: cardQueueKind,
  // A step makes up to three calls, and each waits up to 20 seconds.
  leaseMs: seconds(120),
  prompt: true,
  waitsMs: [seconds(5), seconds(60), seconds(600), hour, 3 * hour, 6 * hour],
  jitter: 0.1,
  open: (services) => ({
    limits: { batch: 12, perLane: 4, strict: true },
    prepare: (tx, rows) => prepareCards(services, tx, rows),
    attempt: (step) => attempt(services, step),
    async settle(db, ended) {
      for (const { work, became, result } of ended) {
        const tx = { ...contextFor(services, work.organizationId, { type: 'system' }), db, inTransaction: true }
        if (became !== 'waits') await settleCard(tx, work, result && 'card' in result ? result : null)
        else if (result && 'trouble' in result) await noteTrouble(tx, work, result.trouble)
      }
    },
  }),
})

const notConnected: CardState = { state: 'rejected', because: 'not_connected' }

async function attempt(services: Services, step: Step): Promise<Outcome<Tried>> {
  const cards = await giftCardsOf(contextFor(services, step.organizationId, { type: 'system' }))
  if (!cards) return { went: 'done', result: { card: notConnected, link: null } }
  try {
    return { went: 'done', result: await takeStep(cards, step) }
  } catch (error) {
    if (!(error instanceof GiftCardError)) throw error
    const { problem, message, retryAfterMs } = error
    const trouble = problem === 'busy' || problem === 'down' ? problem : 'silent'
    return { went: 'again', result: { trouble }, error: message, atLeastMs: retryAfterMs ?? undefined }
  }
}
