import { beforeSharedCommit } from '../../../database/beforeCommit.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Services } from '../../../shared/context.ts'
import type { Message } from './outgoing.queries.ts'
import { withholdSaved } from './sending.ts'

/**
 * For a message that is saved instead of sent. Whether its reader wants it is checked once before the commit, for the
 * messages of all transactions that share it, because no worker will see them.
 */
export function checkSaved(tx: Services & { db: Queries }, message: Message): void {
  beforeSharedCommit(tx.db, checkSaved, message, {
    work: (messages) => withholdSaved(tx, tx.db, messages),
    failed: (err) => tx.log.error({ err }, 'it could not be checked who wants the messages that were saved'),
  })
}
