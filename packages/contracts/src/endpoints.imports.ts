import { endpoint, staff, staffOrFullKey } from './endpoint.ts'
import { Import, ImportPreview, ImportQuery, PreviewImport, RunImport, UndoneImport } from './imports.ts'
import { idParams, page } from './primitives.ts'

/** Imports from other tools. */
export const importEndpoints = {
  imports: {
    list: endpoint({
      method: 'GET',
      path: '/v1/imports',
      summary: 'List imports, newest first',
      access: staff('settings:read'),
      query: ImportQuery,
      response: page(Import),
    }),
    preview: endpoint({
      method: 'POST',
      path: '/v1/imports/preview',
      summary: 'Preview an import row by row; nothing is saved',
      access: staffOrFullKey('settings:write'),
      body: PreviewImport,
      response: ImportPreview,
    }),
    run: endpoint({
      method: 'POST',
      path: '/v1/imports',
      summary: 'Import the valid rows; only the campaigns’ rules for recent jobs send messages',
      access: staffOrFullKey('settings:write'),
      body: RunImport,
      response: Import,
      status: 201,
    }),
    undo: endpoint({
      method: 'POST',
      path: '/v1/imports/:id/undo',
      summary: 'Undo an import, except for rows that were used since',
      access: staffOrFullKey('settings:write'),
      params: idParams('import'),
      response: UndoneImport,
    }),
  },
} as const
