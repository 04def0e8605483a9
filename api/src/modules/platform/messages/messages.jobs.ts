import type { TemplateName } from '@goodword/contracts'
import { and, inArray, lt, ne, type SQL } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { idAtTime } from '../../../shared/ids.ts'
import { messages, shortLived } from './messages.table.ts'

const day = 86_400_000
const linksKeptMs = 30 * day
const noticesKeptMs = 90 * day
const allKeptMs = 180 * day
const batch = 100

const links: TemplateName[] = ['member_sign_in', 'portal_sign_in', 'portal_address']
const notices: TemplateName[] = [
  'referral_received_staff',
  'referral_digest_staff',
  'codes_needed_staff',
  'reward_notice_staff',
  'webhook_disabled_staff',
  'credit_requested_staff',
  'low_score_staff',
  'text_reply_staff',
]

/**
 * Deletes a batch of old messages: those whose short-lived link expired long ago, notices to the team after 90 days, and
 * everything after 180 days. Returns how many.
 */
export async function pruneMessages(services: Services): Promise<number> {
  const now = services.clock()
  const ofTemplate = (names: TemplateName[], keptMs: number) =>
    and(shortLived, inArray(messages.template, names), lt(messages.createdAt, now - keptMs))
  return (
    (await pruneWhere(services, ofTemplate(links, linksKeptMs))) ||
    (await pruneWhere(services, ofTemplate(notices, noticesKeptMs))) ||
    // Ids ascend with time, so that the oldest messages are found without another index.
    (await pruneWhere(services, lt(messages.id, idAtTime('message', now - allKeptMs))))
  )
}

async function pruneWhere({ database }: Services, old: SQL | undefined): Promise<number> {
  const rows = await database.read
    .select({ id: messages.id })
    .from(messages)
    .where(and(old, ne(messages.state, 'queued')))
    .limit(batch)
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await database.write((tx) => tx.delete(messages).where(inArray(messages.id, ids)))
  return ids.length
}
