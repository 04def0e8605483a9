import { hash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Projection } from '../../../shared/module.ts'

/** 132 bits: causes are long, and most of a message's row would be its key. A hash contains no colon. */
export const causeKey = (cause: string): string => hash('sha256', cause, 'base64url').slice(0, 22)

/** Older versions stored the cause itself, "org_…:reward_released:rwd_…". */
export const messageKeys: Projection = {
  name: 'message keys',
  source: 'messages',
  keptBy: 'code',
  clear: async () => undefined,
  async fill(tx, ids) {
    const old = await tx.all<[id: string, key: string]>(sql`SELECT id, idempotency_key FROM messages
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND idempotency_key LIKE '%:%'`)
    const hashed = Object.fromEntries(old.map(([id, key]) => [id, causeKey(key)]))
    await tx.run(sql`UPDATE messages SET idempotency_key = changed.value FROM json_each(${JSON.stringify(hashed)}) changed
      WHERE messages.id = changed.key`)
  },
}
