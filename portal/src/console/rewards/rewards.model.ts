import type { Client } from '@goodword/client'
import type { CreditRequest, Reward, RewardSummary, RewardsDecided } from '@goodword/contracts'
import { computed, signal } from '@preact/signals'
import { createDebounce } from '../core/debounce.ts'
import type { Failure } from '../core/failure.ts'
import { createOneAtATime } from '../core/oneAtATime.ts'
import { pluralize } from '../core/relativeDates.ts'
import { createResource } from '../core/resource.ts'
import { createTurning, fetchWithRows, type Page, pageParams } from '../core/turning.ts'
import { filterParams, type RewardList, readRewardList, writeRewardList } from './rewards.query.ts'

const pageSize = 20
const searchDelayMs = 250

/** "3 rewards approved. 1 had been decided before." */
export function describeDecision({ done, skipped }: RewardsDecided, verb: 'approved' | 'rejected'): string {
  const rest = skipped > 0 ? ` ${pluralize(skipped, 'reward')} had been decided before.` : ''
  return `${pluralize(done, 'reward')} ${verb}.${rest}`
}

/** The selected rows, limited to rows on the page. */
function createSelection(rows: { readonly value: Reward[] }) {
  const chosen = signal<ReadonlySet<string>>(new Set())
  return {
    chosen,
    chosenRows: computed(() => rows.value.filter(({ id }) => chosen.value.has(id))),
    toggle(id: string) {
      const next = new Set(chosen.value)
      if (!next.delete(id)) next.add(id)
      chosen.value = next
    },
    toggleAll() {
      const all = rows.value.every(({ id }) => chosen.value.has(id))
      chosen.value = new Set(all ? [] : rows.value.map(({ id }) => id))
    },
    clear() {
      chosen.value = new Set()
    },
  }
}

/** The page's lists, as the URL says: the rows of each tab and their counts. */
export function createRewards({
  client,
  navigate,
  onChanged,
}: {
  client: Client
  navigate: (url: string, replace?: boolean) => void
  /** Called after each change, so that the navigation's counts update. */
  onChanged: () => void
}) {
  const list = signal<RewardList>(readRewardList({}))
  const search = signal('')
  const debounced = createDebounce(searchDelayMs)
  const summary = createResource<RewardSummary>((abort) =>
    client.rewards.summary({ query: filterParams(list.value) }, { signal: abort }),
  )
  const at = (cursor: string | null, replace = false) => navigate(writeRewardList({ ...list.value, cursor }), replace)
  const pageAt = <Row>(fetchPage: (query: { limit: number; cursor?: string; last?: 'true' }) => Promise<Page<Row>>) =>
    fetchWithRows(
      list.value.cursor,
      (cursor) => fetchPage({ limit: pageSize, ...pageParams(cursor) }),
      (cursor) => at(cursor, true),
    )
  const page = createResource<Page<Reward>>((abort) => {
    const { tab } = list.value
    if (tab === 'requests' || tab === 'codes')
      return Promise.resolve({ items: [], nextCursor: null, previousCursor: null })
    if (tab === 'to_deliver') return pageAt((paging) => client.rewards.toDeliver({ query: paging }, { signal: abort }))
    return pageAt((paging) =>
      client.rewards.list({ query: { ...filterParams(list.value), ...paging, tab } }, { signal: abort }),
    )
  })
  const requests = createResource<Page<CreditRequest>>((abort) => {
    const { campaignId: _, ...filter } = filterParams(list.value)
    return pageAt((paging) =>
      client.creditRequests.list({ query: { ...filter, ...paging, state: list.value.state } }, { signal: abort }),
    )
  })
  const rows = computed(() => page.data.value?.items ?? [])
  const choice = createSelection(rows)
  const current = () => (list.value.tab === 'requests' ? requests : page)

  async function load() {
    await Promise.all([summary.load(), list.value.tab === 'codes' ? null : current().load()])
  }
  function change(patch: Partial<RewardList>) {
    debounced.cancel()
    navigate(writeRewardList({ ...list.value, cursor: null, ...patch }))
  }
  const { busy, problem, run } = createOneAtATime(async (done) => {
    if (done) choice.clear()
    onChanged()
    await load()
  })

  return {
    ...choice,
    list,
    search,
    summary,
    page,
    requests,
    turning: createTurning(page, (cursor) => at(cursor)),
    turningRequests: createTurning(requests, (cursor) => at(cursor)),
    rows,
    busy,
    problem,
    failure: computed<Failure | null>(() => current().failure.value),
    load,
    change,
    show(next: RewardList) {
      const moved = next.tab !== list.value.tab
      list.value = next
      if (search.value.trim() !== next.q) search.value = next.q
      choice.clear()
      problem.value = null
      if (moved) page.data.value = null
      void load()
    },
    typeSearch(text: string) {
      search.value = text
      debounced.run(() => navigate(writeRewardList({ ...list.value, q: text.trim(), cursor: null }), true))
    },
    searchNow: debounced.flush,
    leave: debounced.cancel,
    approve: (ids: string[]) => run('approve', () => client.rewards.approve({ body: { ids } })),
    fulfill: (id: string) => run(id, () => client.rewards.fulfill({ params: { id } })),
    /** Throws API errors, for the dialog that shows them. */
    async reject(body: { ids: string[]; reason: string; notify: boolean }): Promise<RewardsDecided> {
      const done = await client.rewards.refuse({ body })
      choice.clear()
      onChanged()
      void load()
      return done
    },
    /** Throws API errors, as `reject` does. */
    async reinstate(id: string, body: { reason: string; notify: boolean }): Promise<Reward> {
      const given = await client.rewards.reinstate({ params: { id }, body })
      onChanged()
      void load()
      return given
    },
    /** Call after a request was answered or codes were added. */
    changed() {
      onChanged()
      void load()
    },
  }
}

export type RewardsModel = ReturnType<typeof createRewards>
