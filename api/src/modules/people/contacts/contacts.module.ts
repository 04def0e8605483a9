import { defineModule } from '../../../shared/module.ts'
import { contactRows } from './contacts.contact.ts'

export const contactsModule = defineModule({
  name: 'contacts',
  contact: contactRows,
})
