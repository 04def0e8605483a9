import type { CodesUploaded } from '@goodword/contracts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { addCodes } from '../../money/rewards/pool.ts'
import { getCampaign } from './campaigns.ts'

/** Adds codes to a campaign's pool, see `addCodes`. Throws not_found. */
export function uploadCodes(ctx: Ctx, campaignId: string, codes: string[]): Promise<CodesUploaded> {
  return transaction(ctx, async (tx) => {
    await getCampaign(tx, campaignId)
    return addCodes(tx, campaignId, codes)
  })
}
