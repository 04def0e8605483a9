import { addMonths, firstName, monthIn, startOfMonth } from '@goodword/domain'
import { and, asc, eq, lt, sql } from 'drizzle-orm'
import { type Ctx, contextFor, type Services, transaction } from '../../../shared/context.ts'
import { addressesOf, getContact } from '../../people/contacts/contacts.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { publicLeaderboard } from './leaderboard.queries.ts'
import { leaderboardPages } from './leaderboard.table.ts'

const atOnce = 100
const hour = 3_600_000
const announcedAtHour = 9
/** More who share the first place are no winners. */
const winnersMost = 3
/** Where a month ends first. */
const earliestZone = 'Pacific/Kiritimati'

/**
 * Tells everyone on the public leaderboard of the month that ended who was first, from nine in the morning of the
 * organization's first day of the next month. Returns how many organizations it told.
 */
export async function announceWinners(services: Services): Promise<number> {
  const now = services.clock()
  const waiting = await services.database.read
    .select({ organizationId: leaderboardPages.organizationId })
    .from(leaderboardPages)
    .where(
      and(
        sql`${leaderboardPages.announcesWinner} = 1`,
        lt(leaderboardPages.announcedMonth, addMonths(monthIn(earliestZone, now), -1)),
      ),
    )
    .orderBy(asc(leaderboardPages.announcedMonth))
    .limit(atOnce)
  let told = 0
  for (const { organizationId } of waiting)
    if (await transaction(contextFor(services, organizationId, { type: 'system' }), announceMonth)) told += 1
  return told
}

/** Announces the last month unless it was announced already, or its morning has not come. */
async function announceMonth(tx: Ctx): Promise<boolean> {
  const mine = eq(leaderboardPages.organizationId, tx.organizationId)
  const [page] = await tx.db.select().from(leaderboardPages).where(mine)
  const { timeZone, name: organizationName } = await getOrganization(tx, tx.organizationId)
  const now = tx.clock()
  const current = monthIn(timeZone, now)
  const month = addMonths(current, -1)
  if (!page?.announcesWinner || page.announcedMonth >= month) return false
  if (now < startOfMonth(current, timeZone) + announcedAtHour * hour) return false
  await tx.db.update(leaderboardPages).set({ announcedMonth: month }).where(mine)
  if (!page.isPublic) return true
  const at = startOfMonth(month, timeZone)
  const { rows } = await publicLeaderboard(tx, { period: 'month', shows: page.shows, at })
  const winners = rows.filter(({ place }) => place === 1)
  if (winners.length === 0 || winners.length > winnersMost) return true
  for (const { contactId } of rows) {
    const contact = await getContact(tx, contactId)
    const address = (await addressesOf(tx, contactId)).find(({ kind }) => kind === 'email')
    if (!address) continue
    await queueMessage(tx, {
      organizationId: tx.organizationId,
      contactId,
      addressId: address.id,
      channel: 'email',
      to: address.value,
      mentions: winners.map((winner) => winner.contactId).filter((id) => id !== contactId),
      name: contact.name,
      template: 'leaderboard_winner',
      language: contact.language,
      values: ({ language }) => ({
        organizationName,
        advocateFirstName: firstName(contact.name),
        month: new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone }).format(at),
        winner: new Intl.ListFormat(language).format(winners.map(({ name }) => name)),
        count: winners[0]?.closed ?? 0,
        won: winners.some((winner) => winner.contactId === contactId),
        page: `${tx.config.publicUrl}/l/${page.slug}?period=all`,
      }),
      link: 'portal_view',
      idempotencyKey: `leaderboard:${month}:${contactId}`,
    })
  }
  return true
}
