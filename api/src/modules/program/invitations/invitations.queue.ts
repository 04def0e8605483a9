import { defineQueue } from '../../../queue/worker.ts'
import { contextFor, contextWithin } from '../../../shared/context.ts'
import { findInvitation } from './asking.queries.ts'
import { nextAt, updateInvitation, wakeAt } from './invitationRows.ts'
import { askKind } from './invitations.table.ts'
import { processAsk } from './processing.ts'
import { openMessages } from './sending.ts'

const seconds = (count: number) => count * 1_000

/** Invitations that are due, and what else makes a decision about asking due. Each organization has its own lane. */
export const askQueue = defineQueue<{ organizationId: string }, null>({
  name: askKind,
  leaseMs: seconds(60),
  prompt: true,
  waitsMs: [seconds(1), seconds(10), seconds(60), seconds(600), seconds(3_600)],
  jitter: 0.1,
  open: (services) => ({
    limits: { batch: 20, perLane: 10, strict: false },
    async prepare(_tx, rows) {
      return new Map(rows.flatMap((row) => (row.organizationId ? [[row, { organizationId: row.organizationId }]] : [])))
    },
    async attempt({ organizationId }, { subjectId }) {
      await processAsk(contextFor(services, organizationId, { type: 'system' }), subjectId)
      return { went: 'done', result: null }
    },
    // A row that is being attempted can't be scheduled anew, so what comes next is scheduled once it has left the queue.
    async settle(db, ended) {
      for (const { row, work, became } of ended) {
        if (became === 'waits' || !row.subjectId.startsWith('inv_')) continue
        const tx = contextWithin(services, work.organizationId, db)
        const invitation = await findInvitation(tx, row.subjectId)
        if (!invitation) continue
        if (became === 'parked' && invitation.state === 'scheduled')
          await updateInvitation(tx, invitation, { state: 'skipped', sendAt: null, reason: { reason: 'send_failed' } })
        if (became === 'parked') await updateInvitation(tx, invitation, { followUpAt: null })
        const at = nextAt(invitation)
        const isOut = (await openMessages(tx, invitation)).some(({ state }) => state === 'queued')
        if (at !== null && !isOut) await wakeAt(tx, invitation.id, at)
      }
    },
  }),
})
