import type { Client } from '@goodword/client'
import type { ContactFilter, ContactRow } from '@goodword/contracts'
import { contactFilters } from '@goodword/contracts'
import { batch, computed, signal } from '@preact/signals'
import { createLater } from '../core/later.ts'
import { createResource } from '../core/resource.ts'
import { createTrail } from '../core/trail.ts'

const pageSize = 20
const searchDelayMs = 300

export const filterWords: Record<ContactFilter, string> = {
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

export function writeContactList({ q, filter, sort, cursor }: ContactList): string {
  const pairs = { q, show: filter, sort: sort === 'newest' ? null : sort, cursor }
  const given = Object.entries(pairs).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const text = new URLSearchParams(given).toString()
  return text ? `/console/contacts?${text}` : '/console/contacts'
}

/** Everyone the organization knows. The state of the list is the address. */
export function createContacts({ client, go }: { client: Client; go: (url: string, replace?: boolean) => void }) {
  const list = signal<ContactList>({ q: '', filter: null, sort: 'newest', cursor: null })
  const search = signal('')
  const trail = createTrail()
  const later = createLater(searchDelayMs)

  const page = createResource((abort) => {
    const { q, filter, sort, cursor } = list.value
    const query = {
      limit: pageSize,
      sort,
      ...(q ? { q } : {}),
      ...(filter ? { filter } : {}),
      ...(cursor ? { cursor } : {}),
    }
    return client.contacts.list({ query }, { signal: abort })
  })

  function change(patch: Partial<Omit<ContactList, 'cursor'>>, replace = false) {
    later.stop()
    trail.clear()
    go(writeContactList({ ...list.value, ...patch, cursor: null }), replace)
  }

  return {
    list,
    search,
    page,
    rows: computed<ContactRow[]>(() => page.data.value?.items ?? []),
    change,
    show(next: ContactList) {
      batch(() => {
        list.value = next
        if (next.q !== search.value.trim()) search.value = next.q
      })
      void page.load()
    },
    /** The page is left: a search still being typed takes nobody back to it. */
    leave: later.stop,
    typeSearch(text: string) {
      search.value = text
      later.run(() => change({ q: text.trim() }, true))
    },
    next() {
      const cursor = page.data.value?.nextCursor
      if (!cursor) return
      trail.push(list.value.cursor)
      go(writeContactList({ ...list.value, cursor }))
    },
    previous() {
      go(writeContactList({ ...list.value, cursor: trail.pop() }))
    },
  }
}

export type ContactsModel = ReturnType<typeof createContacts>
