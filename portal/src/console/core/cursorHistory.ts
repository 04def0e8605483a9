/** The cursors of the pages visited so far: the API has no cursor for the previous page. */
export function createCursorHistory() {
  let cursors: (string | null)[] = []
  return {
    /** Call before moving on from the page at this cursor. */
    push(cursor: string | null) {
      cursors = [...cursors, cursor]
    },
    /** The cursor of the previous page; null for the first page, or if the history is unknown. */
    pop(): string | null {
      const cursor = cursors.at(-1) ?? null
      cursors = cursors.slice(0, -1)
      return cursor
    },
    clear() {
      cursors = []
    },
  }
}
