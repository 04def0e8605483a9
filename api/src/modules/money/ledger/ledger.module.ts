import { defineModule } from '../../../shared/module.ts'
import { accountsOfContacts } from './ledger.contact.ts'
import { ledgerInvariants } from './ledger.invariants.ts'
import { totalsMatchAccounts, totalsOfLedger } from './ledger.projections.ts'

export const ledgerModule = defineModule({
  name: 'ledger',
  contact: accountsOfContacts,
  invariants: [...ledgerInvariants, totalsMatchAccounts],
  projections: [totalsOfLedger],
})
