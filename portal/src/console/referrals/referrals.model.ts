import type { Client } from '@goodword/client'
import type { ReferralDetail, ReferralRow } from '@goodword/contracts'
import { batch, computed, signal } from '@preact/signals'
import { failureOf } from '../core/failure.ts'
import { createResource } from '../core/resource.ts'
import { changed, type ListQuery, pageSize, wholeList, writeQuery } from './list-query.ts'
import { isLive } from './next-step.ts'

const searchDelayMs = 300

/** One referral a change did not work for, and why. */
export type Refused = { id: string; name: string; sentence: string }
export type BulkReport = { done: number; word: string; refused: Refused[] }

type Needs = {
  client: Client
  /** Changes the address; the page then calls `show` with what it says. */
  go: (url: string, replace?: boolean) => void
  /** Something changed that the figures above the list count. */
  onChange: () => void
}

/** The list of referrals: what it shows, which row one is at, which are selected, and what is done to them. */
export function createReferrals({ client, go, onChange }: Needs) {
  const query = signal<ListQuery>(wholeList)
  const search = signal('')
  const selected = signal<ReadonlySet<string>>(new Set())
  const current = signal<string | null>(null)
  const working = signal<ReadonlySet<string>>(new Set())
  const report = signal<BulkReport | null>(null)
  /** Cursors of the pages before this one, so that Previous needs no cursor of its own. */
  let trail: (string | null)[] = []
  let searchTimer: ReturnType<typeof setTimeout> | undefined
  let shown = false

  const page = createResource((abort) => {
    const { status, q, campaignId, advocateId, sort, cursor } = query.value
    return client.referrals.list(
      {
        query: {
          limit: pageSize,
          sort,
          ...(status ? { status } : {}),
          ...(q ? { q } : {}),
          ...(campaignId ? { campaignId } : {}),
          ...(advocateId ? { advocateId } : {}),
          ...(cursor ? { cursor } : {}),
        },
      },
      { signal: abort },
    )
  })
  const rows = computed<ReferralRow[]>(() => page.data.value?.items ?? [])
  const find = (id: string | null) => rows.value.find((row) => row.id === id) ?? null

  function show(next: ListQuery) {
    if (shown && writeQuery(next) === writeQuery(query.value)) return
    shown = true
    batch(() => {
      query.value = next
      if (next.q !== search.value.trim()) search.value = next.q
      selected.value = new Set()
      report.value = null
    })
    void page.load()
  }

  function change(patch: Parameters<typeof changed>[1], replace = false) {
    clearTimeout(searchTimer)
    trail = []
    go(writeQuery(changed(query.value, patch)), replace)
  }

  function put(changedRow: ReferralDetail) {
    const known = page.data.value
    if (!known) return
    page.data.value = {
      ...known,
      items: known.items.map((row) => (row.id === changedRow.id ? changedRow : row)),
    }
    onChange()
  }

  const mark = (id: string, on: boolean) => {
    const next = new Set(working.value)
    if (on) next.add(id)
    else next.delete(id)
    working.value = next
  }

  /** One change to one row. Answers the refusal, or null when it worked. */
  async function act(row: ReferralRow, work: () => Promise<ReferralDetail>): Promise<Refused | null> {
    mark(row.id, true)
    try {
      put(await work())
      return null
    } catch (error) {
      return { id: row.id, name: row.friend.name, sentence: failureOf(error).sentence }
    } finally {
      mark(row.id, false)
    }
  }

  async function single(row: ReferralRow, word: string, work: () => Promise<ReferralDetail>): Promise<boolean> {
    report.value = null
    const refused = await act(row, work)
    if (refused) report.value = { done: 0, word, refused: [refused] }
    return refused === null
  }

  /** One after the other, so that the report can name each that was refused; those stay selected. */
  async function bulk(
    word: string,
    fits: (row: ReferralRow) => boolean,
    work: (id: string) => Promise<ReferralDetail>,
  ) {
    const chosen = rows.value.filter((row) => selected.value.has(row.id))
    const refused: Refused[] = []
    for (const row of chosen) {
      const problem = fits(row)
        ? await act(row, () => work(row.id))
        : { id: row.id, name: row.friend.name, sentence: 'It has moved on already.' }
      if (problem) refused.push(problem)
    }
    batch(() => {
      selected.value = new Set(refused.map(({ id }) => id))
      report.value = { done: chosen.length - refused.length, word, refused }
    })
  }

  return {
    query,
    search,
    page,
    rows,
    selected,
    current,
    working,
    report,
    find,
    show,
    change,
    put,
    typeSearch(text: string) {
      search.value = text
      clearTimeout(searchTimer)
      searchTimer = setTimeout(() => change({ q: text.trim() }, true), searchDelayMs)
    },
    next() {
      const cursor = page.data.value?.nextCursor
      if (!cursor) return
      trail = [...trail, query.value.cursor]
      go(writeQuery({ ...query.value, cursor, page: query.value.page + 1 }))
    },
    previous() {
      const cursor = trail.at(-1) ?? null
      trail = trail.slice(0, -1)
      go(writeQuery({ ...query.value, cursor, page: cursor === null ? 1 : query.value.page - 1 }))
    },
    /** The row `step` further than the one one is at; stops at the ends. */
    move(step: 1 | -1): string | null {
      const at = rows.value.findIndex((row) => row.id === current.value)
      const next = at === -1 ? 0 : Math.min(Math.max(at + step, 0), rows.value.length - 1)
      current.value = rows.value[next]?.id ?? null
      return current.value
    },
    toggle(id: string) {
      const next = new Set(selected.value)
      if (!next.delete(id)) next.add(id)
      selected.value = next
    },
    toggleAll() {
      const all = rows.value.every((row) => selected.value.has(row.id))
      selected.value = new Set(all ? [] : rows.value.map((row) => row.id))
    },
    clear() {
      selected.value = new Set()
    },
    accept: (row: ReferralRow) =>
      single(row, 'accepted', () => client.referrals.accept({ params: { id: row.id }, body: {} })),
    unaccept: (row: ReferralRow) =>
      single(row, 'moved back', () => client.referrals.unaccept({ params: { id: row.id } })),
    bulkAccept: () =>
      bulk(
        'accepted',
        (row) => row.status === 'pending',
        (id) => client.referrals.accept({ params: { id }, body: {} }),
      ),
    bulkDecline: (reason: string) =>
      bulk('declined', isLive, (id) => client.referrals.decline({ params: { id }, body: { reason } })),
  }
}

export type ReferralsModel = ReturnType<typeof createReferrals>
