import type { Page, SearchKind } from '@goodword/contracts'
import { type Column, getTableName, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { search, searchMax } from './find.ts'
import { searchablesOf } from './indexing.ts'

/** What a list's `q` matches, as a condition for its statement. Without `q` there is none. */
export type SearchFilter = { where: SQL | undefined; more: boolean }

const noFilter: SearchFilter = { where: undefined, more: false }

const isOneOf = (column: Column | SQL, ids: string[]): SQL =>
  sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`

/** The rows of a kind that match; `column` holds their id. */
export async function searchFilter(
  ctx: Ctx,
  kind: SearchKind,
  column: Column | SQL,
  q: string | undefined,
): Promise<SearchFilter> {
  if (!q) return noFilter
  const { ids, more } = await search(ctx, kind, q)
  return { where: isOneOf(column, ids), more }
}

/**
 * The rows of a table whose contact matches. Kinds that belong to a contact are searched as well, so that among many
 * people with a frequent name those who take part are found.
 */
export async function contactFilter(
  ctx: Ctx,
  { id, contactId, organizationId }: { id: Column; contactId: Column; organizationId: Column },
  q: string | undefined,
): Promise<SearchFilter> {
  if (!q) return noFilter
  const found = await search(ctx, 'contact', q)
  const contacts = new Set(found.ids)
  let { more } = found
  if (more) {
    more = false
    for (const { kind, source, contact } of searchablesOf(ctx.modules)) {
      if (contact === undefined) continue
      const others = await search(ctx, kind, q)
      more ||= others.more
      const rows = await ctx.db.all<[string]>(
        sql`SELECT ${sql.identifier(contact)} FROM ${sql.identifier(source)} WHERE ${isOneOf(sql`id`, others.ids)}`,
      )
      for (const [contact] of rows) contacts.add(contact)
    }
  }
  // By id, from the contacts on, so that the planner doesn't walk a whole list to look for them.
  const table = sql.identifier(getTableName(id.table))
  const ids = JSON.stringify([...contacts].slice(-2 * searchMax))
  const where = sql`${id} IN (SELECT ${id} FROM json_each(${ids}) found CROSS JOIN ${table}
    WHERE ${contactId} = found.value AND ${organizationId} = ${ctx.organizationId})`
  return { where, more }
}

/** Says on a page that its search matches more than it shows. */
export const withMore = <Item>(page: Page<Item>, { more }: SearchFilter): Page<Item> =>
  more ? { ...page, moreMatches: true } : page
