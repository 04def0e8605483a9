import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import {
  createConnection,
  getConnection,
  listConnections,
  listMappings,
  removeConnection,
  replaceSecret,
  setMapping,
  updateConnection,
} from './connections.ts'
import { previewEvents } from './mappings.ts'

const { connections } = endpoints

export const connectionsRoutes = (router: Router) =>
  router
    .on(connections.list, (ctx) => listConnections(ctx))
    .on(connections.create, (ctx, { body }) => createConnection(ctx, body), { isSecret: true })
    .on(connections.get, (ctx, { params }) => getConnection(ctx, params.id))
    .on(connections.update, (ctx, { params, body }) => updateConnection(ctx, params.id, body))
    .on(connections.replaceSecret, (ctx, { params, body }) => replaceSecret(ctx, params.id, body.secret), {
      isSecret: true,
    })
    .on(connections.setMapping, (ctx, { params, body }) => setMapping(ctx, params.id, body.mapping))
    .on(connections.mappings, (ctx, { params }) => listMappings(ctx, params.id))
    .on(connections.preview, (ctx, { body }) => previewEvents(ctx, body))
    .on(connections.remove, (ctx, { params }) => removeConnection(ctx, params.id))
