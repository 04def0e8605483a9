import { defineModule } from '../../../shared/module.ts'
import { accountsOfContacts } from './ledger.contact.ts'

export const ledgerModule = defineModule({
  name: 'ledger',
  contact: accountsOfContacts,
})
