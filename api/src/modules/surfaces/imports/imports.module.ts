import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './imports.audit.ts'
import { importRoutes } from './imports.routes.ts'

export const importsModule = defineModule({
  name: 'imports',
  auditWords,
  routes: importRoutes,
  bodyMax: { '/v1/imports': 1_100 * 1024, '/v1/imports/preview': 1_100 * 1024 },
  invariants: [
    {
      invariant: 'An import has at most as many results as rows.',
      broken: 'SELECT id FROM imports WHERE created + skipped > rows',
    },
  ],
  /** An import refers to what it created by id so that it can be undone, which a merge or an erasure doesn't affect. */
  contact: { tables: ['import_rows'] },
})
