import type { Page } from '@goodword/contracts'
import type { PageRequest } from './keyset.ts'

/** Reading and formatting a page holds up the event loop, so it is short. */
const readAtOnce = 500

/** The items of a whole list, page after page. Other requests run in between. */
export async function* everyPage<Row, Item>(
  read: (request: PageRequest) => Promise<Page<Row>>,
  item: (row: Row) => Item,
): AsyncGenerator<Item[]> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Page<Row> = await read({ limit: readAtOnce, cursor })
    yield page.items.map(item)
    cursor = page.nextCursor
  }
}

/** The rows at these rowids, in this order, page after page. `read` is given rowids as a JSON array. */
export async function* everyPlace<Row, Item>(
  places: number[],
  read: (places: string) => Promise<Row[]>,
  item: (row: Row) => Item,
): AsyncGenerator<Item[]> {
  for (let from = 0; from < places.length; from += readAtOnce)
    yield (await read(JSON.stringify(places.slice(from, from + readAtOnce)))).map(item)
}
