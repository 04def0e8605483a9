import * as campaigns from '../../program/campaigns/campaigns.ts'
import { answering, answeringNew } from './answering.ts'
import { loadCampaign } from './campaigns.queries.ts'

const answered = answering(loadCampaign)

export const createCampaign = answeringNew(loadCampaign)(campaigns.createCampaign)
export const duplicateCampaign = answeringNew(loadCampaign)(campaigns.duplicateCampaign)
export const updateCampaign = answered(campaigns.updateCampaign)
export const restoreCampaign = answered(campaigns.restoreCampaign)
