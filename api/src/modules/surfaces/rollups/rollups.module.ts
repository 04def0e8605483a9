import { defineModule } from '../../../shared/module.ts'
import { contactBalancesInvariants, contactBalancesProjection } from './balances.projection.ts'
import { rollupInvariants } from './rollups.invariants.ts'
import { rollupProjections } from './rollups.projections.ts'

export const rollupsModule = defineModule({
  name: 'rollups',
  projections: [...rollupProjections, contactBalancesProjection],
  invariants: [...rollupInvariants, ...contactBalancesInvariants],
})
