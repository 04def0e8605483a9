import { text } from 'node:stream/consumers'
import { flagReasons } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import * as deletion from '../src/modules/program/conversions/removal.ts'
import * as actorNames from '../src/modules/program/referrals/actorNames.queries.ts'
import * as care from '../src/modules/program/referrals/assignment.ts'
import * as attributing from '../src/modules/program/referrals/attributing.ts'
import * as bulk from '../src/modules/program/referrals/bulk.ts'
import * as confirmations from '../src/modules/program/referrals/confirmations.queries.ts'
import * as flood from '../src/modules/program/referrals/flood.ts'
import * as notes from '../src/modules/program/referrals/notes.ts'
import { attributed, type ReferralRecord, updateReferral } from '../src/modules/program/referrals/referrals.ts'
import * as reopening from '../src/modules/program/referrals/reopening.ts'
import * as separating from '../src/modules/program/referrals/separating.ts'
import * as actors from '../src/modules/surfaces/console/referrals.actors.queries.ts'
import * as background from '../src/modules/surfaces/console/referrals.background.queries.ts'
import * as counts from '../src/modules/surfaces/console/referrals.counts.queries.ts'
import * as evidence from '../src/modules/surfaces/console/referrals.evidence.queries.ts'
import * as spreadsheet from '../src/modules/surfaces/console/referrals.export.queries.ts'
import * as filter from '../src/modules/surfaces/console/referrals.filter.queries.ts'
import * as neighbors from '../src/modules/surfaces/console/referrals.neighbors.queries.ts'
import * as pages from '../src/modules/surfaces/console/referrals.pages.queries.ts'
import * as walks from '../src/modules/surfaces/console/referrals.walks.queries.ts'
import { type Ctx, transaction } from '../src/shared/context.ts'
import { stranger } from './harness.ts'

/** The ids of another organization that actions on referrals take. */
type Theirs = {
  pending: { id: string }
  advocate: { id: string; code: string }
  record: ReferralRecord
  world: { owner: { id: string } }
}
type Attempt = (ctx: Ctx, theirs: Theirs) => Promise<unknown>

/** Actions on a referral, each called with another organization's ids. */
export const referralAttempts: Record<string, Attempt> = {
  updateReferral: (ctx, { pending }) =>
    transaction(ctx, async (tx) => {
      await updateReferral(tx, pending.id, { externalId: 'mine' })
    }),
  countReferrals: async (ctx, { advocate }) => (await counts.countReferrals(ctx, { advocateId: advocate.id })).total,
  exportReferrals: async (ctx, { pending }) =>
    (await text(await spreadsheet.exportReferrals(ctx, { sort: 'newest', ids: [pending.id] })))
      .split('\r\n')
      .slice(1, -1),
  pageOfIds: (ctx, { advocate }) => pages.pageOfIds(ctx, { sort: 'next_step', advocateId: advocate.id }, { limit: 5 }),
  neighborsOf: (ctx, { pending }) => neighbors.neighborsOf(ctx, pending.id, { sort: 'next_step' }),
  walkOf: async (ctx, { advocate }) => {
    const walk = await pages.walkOf(ctx, { sort: 'next_step', advocateId: advocate.id })
    return ctx.db.all(walk.candidates({ backward: false, values: null }, 5))
  },
  readFilter: async (ctx, { record }) => {
    const { candidates } = await filter.readFilter(ctx, { externalId: record.externalId ?? 'theirs' })
    return candidates ? ctx.db.all(sql`SELECT id FROM ${candidates}`) : []
  },
  limitedRows: async (ctx, { pending }) => {
    const found = await filter.limitedRows(ctx, await filter.readFilter(ctx, { ids: [pending.id] }))
    return found === null ? [] : ctx.db.all(sql`SELECT status FROM ${found.rows}`)
  },
  loadBackground: (ctx, { pending }) => background.loadBackground(ctx, pending.id),
  evidenceShown: (ctx, { record }) =>
    evidence.evidenceShown(ctx, { ...record, flags: [...flagReasons], networkHash: 'n', deviceHash: 'd' }),
  flagFlood: (ctx, { advocate }) => transaction(ctx, (tx) => flood.flagFlood(tx, advocate.id, 'day')),
  confirmationsToday: (ctx, { record }) =>
    confirmations.confirmationsToday(ctx, record.friendContactId ?? '', record.submitted.email ?? null),
  nameOfAdvocate: (ctx, { advocate }) => actors.nameOfAdvocate(ctx, advocate.id),
  attributeReferral: (ctx, { pending, advocate }) =>
    attributing.attributeReferral(ctx, pending.id, { advocateId: advocate.id }),
  separateReferrals: (ctx, { record }) =>
    transaction(ctx, async (tx) => {
      const { email = '' } = record.submitted
      await separating.separateReferrals(tx, {
        contactId: record.friendContactId ?? '',
        dropped: [{ kind: 'email', value: email }],
      })
    }),
  settleFriend: (ctx, { record }) =>
    transaction(ctx, async (tx) => {
      await separating.settleFriend(tx, attributed(record), 'US')
    }),
  setFriend: (ctx, { pending }) => attributing.setFriend(ctx, pending.id, stranger()),
  reopenReferral: (ctx, { pending }) => reopening.reopenReferral(ctx, pending.id, 'Not mine'),
  assignReferral: (ctx, { pending }) => care.assignReferral(ctx, pending.id, null),
  clearFlags: (ctx, { pending }) => care.clearFlags(ctx, pending.id),
  notesOf: (ctx, { pending }) => notes.notesOf(ctx, pending.id),
  addNote: (ctx, { pending }) => notes.addNote(ctx, pending.id, 'Not mine'),
  deleteNote: (ctx, { pending }) => notes.deleteNote(ctx, pending.id, 'not_mine'),
  previewRemoval: (ctx, { pending }) => deletion.previewRemoval(ctx, pending.id),
  deleteReferral: (ctx, { pending }) =>
    deletion.deleteReferral(ctx, pending.id, { reason: 'Not mine', confirmOwed: false }),
  changeReferrals: async (ctx, { pending }) => {
    const { results } = await bulk.changeReferrals(ctx, { ids: [pending.id], action: 'accept' })
    return results.filter(({ done, name }) => done || name !== null)
  },
}

export const referralRooms = [
  confirmations,
  evidence,
  flood,
  separating,
  attributing,
  bulk,
  care,
  deletion,
  notes,
  actors,
  actorNames,
  background,
  spreadsheet,
  counts,
  filter,
  neighbors,
  pages,
  walks,
  reopening,
]
export const nothingOfReferrals = [
  'mine',
  'statusChanged',
  'conditionsBesides',
  'readCandidates',
  'valuesOf',
  'orderOfReferrals',
  'partsOf',
  'rowsInOrder',
  'isInOrder',
  'walkInOrder',
  'wantedRows',
  'sortLimited',
  'actorNames',
]
