import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './advocates.audit.ts'
import { enrollmentsOfContacts } from './advocates.contact.ts'
import { advocatesInvariants } from './advocates.invariants.ts'
import {
  countsMatchAdvocates,
  countsOfAdvocates,
  countsOfContacts,
  earnedByAdvocates,
  earnedMatchesRewards,
} from './advocates.projections.ts'
import { advocateSearch } from './advocates.search.queries.ts'
import { hasAdvocates } from './advocates.ts'
import { pruneTraces } from './traces.ts'
import { withholdInvitations } from './withholding.ts'

export const advocatesModule = defineModule({
  name: 'advocates',
  auditWords,
  jobs: (services) => [{ name: 'traces', everyMs: 3_600_000, run: () => pruneTraces(services) }],
  contact: enrollmentsOfContacts,
  searchable: [advocateSearch],
  withhold: withholdInvitations,
  uses: { campaign: hasAdvocates },
  invariants: [...advocatesInvariants, countsMatchAdvocates, earnedMatchesRewards],
  projections: [countsOfAdvocates, countsOfContacts, earnedByAdvocates],
})
