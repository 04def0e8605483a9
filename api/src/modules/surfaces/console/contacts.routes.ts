import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { previewMerge } from '../person/merging.ts'
import { loadContact } from './contacts.detail.queries.ts'
import { listContacts } from './contacts.queries.ts'
import {
  addAddress,
  confirmAddress,
  dismissDuplicate,
  eraseContact,
  mergeContacts,
  removeAddress,
  updateContact,
} from './contacts.ts'

export const contactRoutes = (router: Router) =>
  router
    .on(endpoints.contacts.list, (ctx, { query }) => listContacts(ctx, query))
    .on(endpoints.contacts.get, (ctx, { params }) => loadContact(ctx, params.id))
    .on(endpoints.contacts.update, (ctx, { params, body }) => updateContact(ctx, params.id, body))
    .on(endpoints.contacts.addAddress, (ctx, { params, body }) => addAddress(ctx, params.id, body))
    .on(endpoints.contacts.confirmAddress, (ctx, { params, body }) => confirmAddress(ctx, params.id, body.addressId))
    .on(endpoints.contacts.removeAddress, (ctx, { params, body }) => removeAddress(ctx, params.id, body.addressId))
    .on(endpoints.contacts.dismissDuplicate, (ctx, { params, body }) => dismissDuplicate(ctx, params.id, body.otherId))
    .on(endpoints.contacts.previewMerge, (ctx, { params, body }) => previewMerge(ctx, params.id, body))
    .on(endpoints.contacts.merge, (ctx, { params, body }) => mergeContacts(ctx, params.id, body))
    .on(endpoints.contacts.erase, (ctx, { params, body }) => eraseContact(ctx, params.id, body.name))
