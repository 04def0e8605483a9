import type { Client } from '@goodword/client'
import type { PortalEntry, PortalFriend, PortalHome, PortalProgram } from '@goodword/contracts'
import { createOlderItems } from './olderItems.model.ts'

export type HistoryModel = ReturnType<typeof createHistoryModel>
export type FriendsModel = ReturnType<typeof createFriendsModel>

/** The history: the entries on the home, then older ones. */
export function createHistoryModel(client: Client) {
  const older = createOlderItems<PortalEntry>()
  return {
    older,
    entries: (home: PortalHome) => [...home.history, ...older.itemsAfter(home.historyCursor)],
    hasMore: (home: PortalHome) => older.cursorAfter(home.historyCursor) !== null,
    loadMore: (home: PortalHome) =>
      older.load(home.historyCursor, (cursor) => client.portal.history({ query: { cursor } })),
  }
}

/** The friends of a campaign: those on the home, then older ones. */
export function createFriendsModel(client: Client) {
  const older = createOlderItems<PortalFriend>()
  return {
    older,
    friends: (program: PortalProgram) => [...program.friends, ...older.itemsAfter(program.friendsCursor)],
    hasMore: (program: PortalProgram) => older.cursorAfter(program.friendsCursor) !== null,
    loadMore: ({ code, friendsCursor }: PortalProgram) =>
      older.load(friendsCursor, (cursor) => client.portal.friends({ query: { code, cursor } })),
  }
}
