import type { Client } from '@goodword/client'
import type { PortalEntry, PortalFriend, PortalHome, PortalProgram } from '@goodword/contracts'
import { createEarlier } from './earlier.model.ts'

export type HistoryModel = ReturnType<typeof createHistoryModel>
export type FriendsModel = ReturnType<typeof createFriendsModel>

/** The lines of the history, from the home on. */
export function createHistoryModel(client: Client) {
  const earlier = createEarlier<PortalEntry>()
  return {
    earlier,
    entries: (home: PortalHome) => [...home.history, ...earlier.itemsAfter(home.historyCursor)],
    hasMore: (home: PortalHome) => earlier.cursorAfter(home.historyCursor) !== null,
    loadMore: (home: PortalHome) =>
      earlier.load(home.historyCursor, (cursor) => client.portal.history({ query: { cursor } })),
  }
}

/** The friends of a program, from the home on. */
export function createFriendsModel(client: Client) {
  const earlier = createEarlier<PortalFriend>()
  return {
    earlier,
    friends: (program: PortalProgram) => [...program.friends, ...earlier.itemsAfter(program.friendsCursor)],
    hasMore: (program: PortalProgram) => earlier.cursorAfter(program.friendsCursor) !== null,
    loadMore: ({ code, friendsCursor }: PortalProgram) =>
      earlier.load(friendsCursor, (cursor) => client.portal.friends({ query: { code, cursor } })),
  }
}
