import type { CodesUploaded, UploadCodes } from '@goodword/contracts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { addCodes, previewCodes } from '../../money/rewards/pool.ts'
import { getCampaign } from './campaigns.ts'

/** Adds codes to a campaign's pool, see `addCodes`. Throws not_found. */
export function uploadCodes(ctx: Ctx, campaignId: string, input: UploadCodes): Promise<CodesUploaded> {
  return transaction(ctx, async (tx) => {
    await getCampaign(tx, campaignId)
    return addCodes(tx, campaignId, input)
  })
}

/** What that would answer now. Throws not_found. */
export async function previewUpload(ctx: Ctx, campaignId: string, input: UploadCodes): Promise<CodesUploaded> {
  await getCampaign(ctx, campaignId)
  return previewCodes(ctx, campaignId, input)
}
