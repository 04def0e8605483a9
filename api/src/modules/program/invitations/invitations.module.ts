import { defineModule } from '../../../shared/module.ts'
import { decideForContact } from './deciding.ts'
import { noteEndedAsks } from './endings.ts'
import { auditWords } from './invitations.audit.ts'
import { invitationsOfContacts } from './invitations.contact.ts'
import { invitationsInvariants } from './invitations.invariants.ts'
import { askQueue } from './invitations.queue.ts'
import { invitationsRoutes } from './invitations.routes.ts'
import { tellOfLowScore } from './lowScores.ts'
import { noteJoined } from './opening.ts'
import { withholdAsks } from './withholding.ts'

export const invitationsModule = defineModule({
  name: 'invitations',
  auditWords,
  routes: invitationsRoutes,
  contact: invitationsOfContacts,
  queues: [askQueue],
  withhold: withholdAsks,
  messagesEnded: noteEndedAsks,
  invariants: invitationsInvariants,
  async afterJob(tx, change) {
    const told = await tellOfLowScore(tx, change)
    return [...told, ...(await decideForContact(tx, change.contactId, change.jobId))]
  },
  on: { 'referral.created': noteJoined },
})
