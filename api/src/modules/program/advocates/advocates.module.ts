import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './advocates.audit.ts'
import { enrollmentsOfContacts } from './advocates.contact.ts'
import { hasAdvocates } from './advocates.ts'
import { pruneTraces } from './traces.ts'

export const advocatesModule = defineModule({
  name: 'advocates',
  auditWords,
  jobs: (services) => [{ name: 'traces', everyMs: 3_600_000, run: () => pruneTraces(services) }],
  contact: enrollmentsOfContacts,
  uses: { campaign: hasAdvocates },
})
