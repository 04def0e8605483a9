/** The cursors of the pages one came through, so that going back needs no cursor of its own. */
export function createTrail() {
  let cursors: (string | null)[] = []
  return {
    /** Before going forward from the page at this cursor. */
    push(cursor: string | null) {
      cursors = [...cursors, cursor]
    },
    /** The page before; null is the first, also when the way here is not known. */
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
