import type { Client } from '@goodword/client'
import type { ContactFilter, ContactRow } from '@goodword/contracts'
import { contactFilters } from '@goodword/contracts'
import { computed } from '@preact/signals'
import { createSearchedList, pathWithQuery } from '../core/pagedList.ts'
import { pageParams } from '../core/turning.ts'

const pageSize = 20

export const filterLabels: Record<ContactFilter, string> = {
  advocates: 'Advocates',
  friends: 'Friends',
  customers: 'Existing customers',
  duplicates: 'Possible duplicates',
}

export type ContactSort = 'newest' | 'name'
export type ContactList = { q: string; filter: ContactFilter | null; sort: ContactSort; cursor: string | null }

export const readContactList = (query: Readonly<Record<string, string>>): ContactList => ({
  q: query.q ?? '',
  filter: contactFilters.find((known) => known === query.show) ?? null,
  sort: query.sort === 'name' ? 'name' : 'newest',
  cursor: query.cursor ?? null,
})

function writeContactList({ q, filter, sort, cursor }: ContactList): string {
  return pathWithQuery('/console/contacts', { q, show: filter, sort: sort === 'newest' ? null : sort, cursor })
}

/** The list of contacts. Its state is the URL. */
export function createContacts({
  client,
  navigate,
}: {
  client: Client
  navigate: (url: string, replace?: boolean) => void
}) {
  const { query: list, ...paged } = createSearchedList<ContactList, ContactRow>({
    initial: { q: '', filter: null, sort: 'newest', cursor: null },
    write: writeContactList,
    fetchPage: ({ q, filter, sort, cursor }, abort) =>
      client.contacts.list(
        {
          query: {
            limit: pageSize,
            sort,
            ...(q ? { q } : {}),
            ...(filter ? { filter } : {}),
            ...pageParams(cursor),
          },
        },
        { signal: abort },
      ),
    navigate,
  })
  return { ...paged, list, rows: computed(() => paged.page.data.value?.items ?? []) }
}

export type ContactsModel = ReturnType<typeof createContacts>
