import type { Ctx, RewardOrigin } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Reward } from './reward.ts'

/** What a reward was earned for, from the module that stores its source. Throws not_found. */
export async function originOf(ctx: Ctx, { sourceType, sourceId }: Source): Promise<RewardOrigin> {
  for (const { rewardOrigins } of ctx.modules) {
    const origin = await rewardOrigins?.[sourceType]?.(ctx, sourceId)
    if (origin) return origin
  }
  throw new AppError('not_found')
}

type Source = Pick<Reward, 'sourceType' | 'sourceId'>
