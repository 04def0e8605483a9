import type { ContactPart } from '../../../shared/context.ts'
import { eraseMessages } from './erasing.ts'
import { countMessages, moveMessages } from './merge.ts'
import { messagesTo } from './messages.person.queries.ts'

export const messagesToContacts: ContactPart = {
  tables: ['messages', 'message_mentions'],
  previewMerge: async (ctx, { from }) => ({ messages: await countMessages(ctx, from.id) }),
  move: (tx, { from, into }) => moveMessages(tx, from.id, into.id),
  async erase(tx, { contactId, subjectIds }) {
    subjectIds.push(...(await eraseMessages(tx, contactId)))
  },
  export: (ctx, contactId) => ({ messages: messagesTo(ctx, contactId) }),
}
