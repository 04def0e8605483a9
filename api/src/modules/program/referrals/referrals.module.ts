import { defineModule } from '../../../shared/module.ts'
import { sendDueDigests } from './digests.ts'
import { expireDueReferrals } from './expiry.ts'
import { auditWords } from './referrals.audit.ts'
import { referralsOfContacts } from './referrals.contact.ts'
import { referralsInvariants } from './referrals.invariants.ts'
import { pruneOrigins } from './referrals.jobs.ts'
import { referralLinks } from './referrals.links.ts'
import { countsMatchReferrals, countsOfPeople, countsOfReferrals } from './referrals.projections.ts'
import { referralSearch } from './referrals.search.queries.ts'
import { hasReferralsInCampaign } from './referrals.ts'

export const referralsModule = defineModule({
  name: 'referrals',
  auditWords,
  jobs: (services) => [
    { name: 'referrals', everyMs: 1_000, run: () => expireDueReferrals(services) },
    { name: 'referral digests', everyMs: 10_000, run: () => sendDueDigests(services) },
    { name: 'referral traces', everyMs: 3_600_000, run: () => pruneOrigins(services) },
  ],
  contact: referralsOfContacts,
  searchable: [referralSearch],
  links: referralLinks,
  uses: { campaign: hasReferralsInCampaign },
  invariants: [...referralsInvariants, countsMatchReferrals],
  projections: [countsOfReferrals, countsOfPeople],
})
