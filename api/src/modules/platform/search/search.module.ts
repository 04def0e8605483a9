import { defineModule } from '../../../shared/module.ts'

/** The index. What can be found stands in the `searchable` of each module. */
export const searchModule = defineModule({ name: 'search' })
