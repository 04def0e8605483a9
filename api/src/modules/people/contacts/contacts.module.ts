import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './contacts.audit.ts'
import { contactRows } from './contacts.contact.ts'
import { contactsInvariants } from './contacts.invariants.ts'
import { duplicateCounts } from './contacts.projections.ts'
import { contactSearch } from './contacts.search.queries.ts'
import { preferencesOf } from './preferences.ts'
import { noteRefusals } from './refusals.ts'
import { passOnReply } from './replies.ts'
import { withholdFromAddresses } from './withholding.ts'

export const contactsModule = defineModule({
  name: 'contacts',
  auditWords,
  contact: contactRows,
  searchable: [contactSearch],
  recipients: preferencesOf,
  withhold: withholdFromAddresses,
  messagesEnded: noteRefusals,
  textReplied: passOnReply,
  invariants: contactsInvariants,
  projections: [duplicateCounts],
})
