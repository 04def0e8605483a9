import * as campaigns from '../../program/campaigns/campaigns.ts'
import { loadCampaign } from './campaigns.queries.ts'
import { returningChanged, returningCreated } from './returning.ts'

const returning = returningChanged(loadCampaign)

export const createCampaign = returningCreated(loadCampaign)(campaigns.createCampaign)
export const duplicateCampaign = returningCreated(loadCampaign)(campaigns.duplicateCampaign)
export const updateCampaign = returning(campaigns.updateCampaign)
export const restoreCampaign = returning(campaigns.restoreCampaign)
