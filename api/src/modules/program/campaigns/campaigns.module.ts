import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './campaigns.audit.ts'
import { hasCampaigns } from './campaigns.ts'

export const campaignsModule = defineModule({
  name: 'campaigns',
  auditWords,
  uses: { currency: hasCampaigns },
})
