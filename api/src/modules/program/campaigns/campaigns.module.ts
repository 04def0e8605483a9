import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './campaigns.audit.ts'
import { campaignSearch } from './campaigns.search.queries.ts'
import { hasCampaigns } from './campaigns.ts'

export const campaignsModule = defineModule({
  name: 'campaigns',
  auditWords,
  searchable: [campaignSearch],
  uses: { currency: hasCampaigns },
})
