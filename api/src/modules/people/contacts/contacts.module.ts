import { defineModule } from '../../../shared/module.ts'
import { contactRows } from './contacts.contact.ts'
import { preferencesOf } from './preferences.ts'

export const contactsModule = defineModule({
  name: 'contacts',
  contact: contactRows,
  recipients: preferencesOf,
})
