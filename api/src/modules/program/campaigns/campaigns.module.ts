import { defineModule } from '../../../shared/module.ts'
import { noteBudget } from './budgetNotices.ts'
import { auditWords } from './campaigns.audit.ts'
import { campaignSearch } from './campaigns.search.queries.ts'
import { hasCampaigns } from './campaigns.ts'
import { retireOldCodes } from './codesOver.jobs.ts'

export const campaignsModule = defineModule({
  name: 'campaigns',
  auditWords,
  searchable: [campaignSearch],
  // A day ends somewhere every quarter of an hour.
  jobs: (services) => [{ name: 'codes that are over', everyMs: 60_000, run: () => retireOldCodes(services) }],
  uses: { currency: hasCampaigns },
  on: { 'reward.created': noteBudget },
})
