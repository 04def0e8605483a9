import type { GiftCardChoices } from '@goodword/contracts'
import type { CardProduct } from '@goodword/domain'
import { LRUCache } from 'lru-cache'
import type { Ctx } from '../../../../shared/context.ts'
import { AppError } from '../../../../shared/errors.ts'
import { GiftCardError } from './giftCards.ts'
import { getGiftCardAccount, giftCardsOf } from './settings.ts'

/** The provider's list is long and seldom changes. */
const keptMs = 10 * 60_000
const kept = new LRUCache<string, { at: number; products: CardProduct[] }>({ max: 100 })

/**
 * The cards that people can choose from by the account's campaign, by name; null without an account. Throws
 * gift_cards_unavailable if the provider doesn't say.
 */
export async function listCardChoices(ctx: Ctx): Promise<GiftCardChoices> {
  const products = await productsOf(ctx)
  if (!products) return { cards: null }
  const offered = products.filter(({ isOffered }) => isOffered).map(({ id, name }) => ({ id, name }))
  return { cards: offered.sort((a, b) => a.name.localeCompare(b.name, 'en')) }
}

async function productsOf(ctx: Ctx): Promise<CardProduct[] | null> {
  const cards = await giftCardsOf(ctx)
  if (!cards) return null
  const { account } = await getGiftCardAccount(ctx)
  const key = `${ctx.organizationId} ${account?.updatedAt} ${ctx.config.tremendousBaseUrl}`
  const known = kept.get(key)
  if (known && ctx.clock() - known.at < keptMs) return known.products
  try {
    const products = await cards.products()
    kept.set(key, { at: ctx.clock(), products })
    return products
  } catch (error) {
    if (!(error instanceof GiftCardError)) throw error
    throw new AppError('gift_cards_unavailable')
  }
}
