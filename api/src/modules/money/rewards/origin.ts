import type { Ctx, RewardOrigin } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'

/** What a reward was earned by, as the module that keeps conversions tells it. Throws not_found. */
export async function originOf(ctx: Ctx, conversionId: string): Promise<RewardOrigin> {
  for (const { rewardOrigin } of ctx.modules) {
    const origin = await rewardOrigin?.(ctx, conversionId)
    if (origin) return origin
  }
  throw new AppError('not_found')
}
