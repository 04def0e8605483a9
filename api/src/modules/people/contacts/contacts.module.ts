import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './contacts.audit.ts'
import { contactRows } from './contacts.contact.ts'
import { preferencesOf } from './preferences.ts'
import { withholdFromAddresses } from './withholding.ts'

export const contactsModule = defineModule({
  name: 'contacts',
  auditWords,
  contact: contactRows,
  recipients: preferencesOf,
  withhold: withholdFromAddresses,
})
