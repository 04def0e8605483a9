import { defineModule } from '../../../shared/module.ts'
import {
  balanceChangesProjection,
  contactBalancesInvariants,
  contactBalancesProjection,
} from './balances.projection.ts'
import { rollupInvariants } from './rollups.invariants.ts'
import { rollupProjections } from './rollups.projections.ts'

export const rollupsModule = defineModule({
  name: 'rollups',
  projections: [...rollupProjections, contactBalancesProjection, balanceChangesProjection],
  // Triggers follow the ledger, also through merges; there is nothing else to move or to erase.
  contact: { tables: ['contact_balances', 'contact_balance_changes'] },
  invariants: [...rollupInvariants, ...contactBalancesInvariants],
})
