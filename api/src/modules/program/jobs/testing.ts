import type { JobEvent } from '@goodword/contracts'
import { sampleRequest } from '@goodword/domain'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { assertJobsOn, connectionRow } from '../../platform/connections/connections.ts'
import { mappingInUse } from '../../platform/connections/mappings.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { getJobEvent } from './jobEvents.queries.ts'
import { addEvent } from './receiving.ts'

/**
 * Puts a test event in the queue, in the shape that the connection reads. Nothing comes of it, whatever the shape can
 * say. Throws feature_off, not_found.
 */
export function sendTestEvent(ctx: Ctx, connectionId: string): Promise<JobEvent> {
  return transaction(ctx, async (tx) => {
    const connection = await connectionRow(tx, connectionId)
    await assertJobsOn(tx)
    const { currency } = await getOrganization(tx, tx.organizationId)
    const by = { kind: connection.kind, mapping: await mappingInUse(tx, connection), currency }
    const jobId = `test-${tx.clock().toString(36)}`
    const { topic, body } = sampleRequest(by, tx.clock(), jobId)
    const id = await addEvent(tx, connection, {
      bytes: new TextEncoder().encode(body),
      key: tx.newId('jobEvent'),
      deliveryId: null,
      topic,
      clockDifferenceMs: null,
      isTest: true,
    })
    return getJobEvent(tx, id)
  })
}
