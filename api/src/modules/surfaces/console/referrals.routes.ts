import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { previewConversion } from '../../program/conversions/preview.ts'
import { deleteReferral, previewRemoval } from '../../program/conversions/removal.ts'
import { changeReferrals } from '../../program/referrals/bulk.ts'
import { addNote, deleteNote } from '../../program/referrals/notes.ts'
import { loadBackground } from './referrals.background.queries.ts'
import { countReferrals } from './referrals.counts.queries.ts'
import { loadReferral } from './referrals.detail.queries.ts'
import { exportReferrals } from './referrals.export.queries.ts'
import { neighborsOf } from './referrals.neighbors.queries.ts'
import { listReferrals } from './referrals.queries.ts'
import { summarizeReferrals } from './referrals.summary.queries.ts'
import {
  acceptReferral,
  assignReferral,
  attributeReferral,
  clearFlags,
  convertReferral,
  createReferral,
  declineReferral,
  reopenReferral,
  reverseConversion,
  setFriend,
  unacceptReferral,
} from './referrals.ts'

export const referralRoutes = (router: Router) =>
  router
    .on(endpoints.referrals.list, (ctx, { query }) => listReferrals(ctx, query))
    .on(endpoints.referrals.summary, (ctx) => summarizeReferrals(ctx))
    .on(endpoints.referrals.counts, (ctx, { query }) => countReferrals(ctx, query))
    .on(endpoints.referrals.export, (ctx, { query }) => exportReferrals(ctx, query))
    .on(endpoints.referrals.get, (ctx, { params }) => loadReferral(ctx, params.id))
    .on(endpoints.referrals.neighbors, (ctx, { params, query }) => neighborsOf(ctx, params.id, query))
    .on(endpoints.referrals.background, (ctx, { params }) => loadBackground(ctx, params.id))
    .on(endpoints.referrals.create, (ctx, { body }) => createReferral(ctx, body))
    .on(endpoints.referrals.bulk, (ctx, { body }) => changeReferrals(ctx, body))
    .on(endpoints.referrals.accept, (ctx, { params, body }) => acceptReferral(ctx, params.id, body.note))
    .on(endpoints.referrals.unaccept, (ctx, { params }) => unacceptReferral(ctx, params.id))
    .on(endpoints.referrals.decline, (ctx, { params, body }) =>
      declineReferral(ctx, params.id, body.reason, body.invalidReason ?? null),
    )
    .on(endpoints.referrals.reopen, (ctx, { params, body }) => reopenReferral(ctx, params.id, body.reason))
    .on(endpoints.referrals.attribute, (ctx, { params, body }) => attributeReferral(ctx, params.id, body))
    .on(endpoints.referrals.nameFriend, (ctx, { params, body }) => setFriend(ctx, params.id, body))
    .on(endpoints.referrals.clearFlags, (ctx, { params }) => clearFlags(ctx, params.id))
    .on(endpoints.referrals.assign, (ctx, { params, body }) => assignReferral(ctx, params.id, body.memberId))
    .on(endpoints.referrals.addNote, (ctx, { params, body }) => addNote(ctx, params.id, body.text))
    .on(endpoints.referrals.deleteNote, (ctx, { params }) => deleteNote(ctx, params.id, params.noteId))
    .on(endpoints.referrals.delete, (ctx, { params, body }) => deleteReferral(ctx, params.id, body))
    .on(endpoints.referrals.previewRemoval, (ctx, { params }) => previewRemoval(ctx, params.id))
    .on(endpoints.referrals.preview, (ctx, { params, query }) => previewConversion(ctx, params.id, query))
    .on(endpoints.referrals.convert, (ctx, { params, body }) => convertReferral(ctx, params.id, body))
    .on(endpoints.referrals.reverse, (ctx, { params, body }) => reverseConversion(ctx, params.id, body.reason, body))
