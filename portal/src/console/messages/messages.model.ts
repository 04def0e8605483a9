import type { Client } from '@goodword/client'
import { type MessageDetail, type MessageRow, type MessageState, messageStates } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { toFailure } from '../core/failure.ts'
import { createPagedList, pathWithQuery } from '../core/pagedList.ts'
import { createResource } from '../core/resource.ts'
import { pageParams } from '../core/turning.ts'

export const stateLabels: Record<MessageState, string> = {
  queued: 'Queued',
  sending: 'Sending',
  sent: 'Sent',
  kept: 'Saved, not sent',
  failed: 'Failed',
  suppressed: 'Skipped',
}

export type MessageQuery = { state: MessageState | null; cursor: string | null }

export function readMessageQuery(query: Readonly<Record<string, string>>): MessageQuery {
  return { state: messageStates.find((state) => state === query.state) ?? null, cursor: query.cursor ?? null }
}

export const writeMessageQuery = ({ state, cursor }: MessageQuery): string =>
  pathWithQuery('/console/messages', { state, cursor })

/** The outbox: every email and text with its state, and resending failed ones. */
export function createMessages({ client, navigate }: { client: Client; navigate: (url: string) => void }) {
  const opened = signal<string | null>(null)
  const retrying = signal<ReadonlySet<string>>(new Set())
  const problem = signal<string | null>(null)
  const paged = createPagedList<MessageQuery, MessageRow>({
    initial: { state: null, cursor: null },
    write: writeMessageQuery,
    fetchPage: ({ state, cursor }, abort) =>
      client.messages.list(
        { query: { limit: 20, ...(state ? { state } : {}), ...pageParams(cursor) } },
        { signal: abort },
      ),
    navigate,
  })
  const { page } = paged
  const detail = createResource<MessageDetail>((abort) =>
    client.messages.get({ params: { id: opened.value ?? '' } }, { signal: abort }),
  )

  function replaceRow(row: MessageRow) {
    const known = page.data.value
    if (known) page.data.value = { ...known, items: known.items.map((one) => (one.id === row.id ? row : one)) }
    const shown = detail.data.value
    if (shown?.id === row.id) detail.data.value = { ...shown, ...row }
  }

  return {
    ...paged,
    opened,
    detail,
    retrying,
    problem,
    open(id: string) {
      detail.data.value = null
      detail.failure.value = null
      opened.value = id
      void detail.load()
    },
    close() {
      opened.value = null
    },
    async retry(id: string) {
      problem.value = null
      retrying.value = new Set([...retrying.value, id])
      try {
        replaceRow(await client.messages.retry({ params: { id } }))
      } catch (error) {
        problem.value = toFailure(error).sentence
      } finally {
        retrying.value = new Set([...retrying.value].filter((one) => one !== id))
      }
    },
  }
}

export type MessagesModel = ReturnType<typeof createMessages>
