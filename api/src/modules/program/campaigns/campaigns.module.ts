import { defineModule } from '../../../shared/module.ts'
import { hasCampaigns } from './campaigns.ts'

export const campaignsModule = defineModule({
  name: 'campaigns',
  uses: { currency: hasCampaigns },
})
