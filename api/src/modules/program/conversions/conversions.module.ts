import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './conversions.audit.ts'
import { conversionsOfContacts } from './conversions.contact.ts'
import { conversionsInvariants } from './conversions.invariants.ts'
import { datesMatchConversions, datesOfReferrals } from './conversions.projections.ts'
import { originOfFurtherJob, rewardOrigin } from './conversions.queries.ts'

export const conversionsModule = defineModule({
  name: 'conversions',
  auditWords,
  contact: conversionsOfContacts,
  rewardOrigins: { conversion: rewardOrigin, job: originOfFurtherJob },
  invariants: [...conversionsInvariants, datesMatchConversions],
  projections: [datesOfReferrals],
})
