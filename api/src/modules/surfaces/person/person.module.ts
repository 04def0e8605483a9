import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './person.audit.ts'

export const personModule = defineModule({
  /** Merging, erasing and exporting a person. Called by the console, the portal and the friend's page. */
  name: 'person',
  auditWords,
})
