import type { Client } from '@goodword/client'
import {
  type Connection,
  type ConnectionActivity,
  type ConnectionKind,
  CreateConnection,
  type CreatedConnection,
  type JobEvent,
  ReplaceConnectionSecret,
} from '@goodword/contracts'
import { computed, type Signal, signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createOneAtATime } from '../core/oneAtATime.ts'
import { pathWithQuery } from '../core/pagedList.ts'
import { createResource } from '../core/resource.ts'
import { makesOwnSecret } from './kinds.labels.ts'

export const connectPath = (id: string | null): string => pathWithQuery('/console/jobs/connect', { connection: id })
export const mappingPath = (id: string): string => pathWithQuery('/console/jobs/connect/mapping', { connection: id })

/** How long it is waited for a test event to be read. */
const testPollMs = 400
const testPolls = 25

export type Confirming = 'replace' | 'remove' | 'rename' | null

/** The connected systems, and the one that is shown. */
export function createConnections({ client, changed }: { client: Client; changed: () => void }) {
  const wanted = signal<string | null>(null)
  const list = createResource((abort) => client.connections.list(undefined, { signal: abort }))
  const current = computed(() => {
    const items = list.data.value?.items ?? []
    return items.find(({ id }) => id === wanted.value) ?? items[0] ?? null
  })
  const activity = createResource<ConnectionActivity | null>(async (abort) => {
    const id = current.value?.id
    return id ? await client.connections.activity({ params: { id } }, { signal: abort }) : null
  })
  const adding = signal<ConnectionKind | null>(null)
  const confirming = signal<Confirming>(null)
  const name = signal('')
  const secret = signal('')
  /** A secret that is shown once, with its connection. */
  const shown = signal<CreatedConnection | null>(null)
  const sending = createSending()
  const { busy, problem, run } = createOneAtATime(load)
  const tested = signal<JobEvent | null>(null)

  async function load() {
    await list.load()
    await activity.load()
  }

  async function update(patch: { name?: string; isPaused?: boolean }): Promise<Connection | null> {
    const id = current.value?.id
    if (!id) return null
    return run('update', () => client.connections.update({ params: { id }, body: patch }))
  }

  /** Done the first time, but its answer got lost, and the secret with it. Resolves to false. */
  async function doneBefore(dialog: Signal<unknown>): Promise<false> {
    const failure = sending.failure.value
    if (failure?.code === 'answer_not_kept') {
      dialog.value = null
      problem.value = failure.sentence
      await load()
      changed()
    }
    return false
  }

  /** What was deleted in another tab can't be changed in this one: says so where it stood. */
  async function goneMeanwhile(): Promise<false> {
    const failure = sending.failure.value
    if (failure?.code === 'not_found') {
      confirming.value = null
      problem.value = 'This connection has been deleted meanwhile.'
      await load()
    }
    return false
  }

  return {
    list,
    current,
    activity,
    adding,
    confirming,
    name,
    secret,
    shown,
    sending,
    busy,
    problem,
    tested,
    load,
    update,
    show(id: string | null) {
      if (wanted.value !== id) tested.value = null
      wanted.value = id
      if (list.data.value) void activity.load()
    },
    startAdding(kind: ConnectionKind, label: string) {
      sending.showErrors({})
      name.value = label
      secret.value = ''
      adding.value = kind
    },
    ask(what: Exclude<Confirming, null>) {
      sending.showErrors({})
      name.value = current.value?.name ?? ''
      secret.value = ''
      confirming.value = what
    },
    /** Resolves to whether it was connected; its secret is then shown, if it was made here. */
    async create(): Promise<boolean> {
      const kind = adding.value
      const body = sending.check(
        CreateConnection.safeParse({
          name: name.value,
          kind,
          ...(secret.value.trim() ? { secret: secret.value } : {}),
        }),
      )
      if (!body) return false
      const created = await sending.send(() => client.connections.create({ body }))
      if (!created) return doneBefore(adding)
      adding.value = null
      wanted.value = created.id
      if (created.newSecret !== null) shown.value = created
      await load()
      changed()
      return true
    },
    async replaceSecret(): Promise<boolean> {
      const known = current.value
      if (!known) return false
      const given = makesOwnSecret(known.kind) ? { secret: secret.value } : {}
      const body = sending.check(ReplaceConnectionSecret.safeParse(given))
      if (!body) return false
      const replaced = await sending.send(() => client.connections.replaceSecret({ params: { id: known.id }, body }))
      if (!replaced) return (await doneBefore(confirming)) || goneMeanwhile()
      confirming.value = null
      if (replaced.newSecret !== null) shown.value = replaced
      await load()
      return true
    },
    async rename(): Promise<boolean> {
      const known = current.value
      if (!known) return false
      const saved = await sending.send(() =>
        client.connections.update({ params: { id: known.id }, body: { name: name.value } }),
      )
      if (!saved) return goneMeanwhile()
      confirming.value = null
      await load()
      return true
    },
    async remove(): Promise<boolean> {
      const id = current.value?.id
      if (!id) return false
      const done = await run('remove', async () => {
        await client.connections.remove({ params: { id } })
        return true
      })
      if (!done) return false
      wanted.value = null
      changed()
      return true
    },
    /** Resolves to how many events are read again; null if it failed. */
    async retryAll(): Promise<number | null> {
      const id = current.value?.id
      if (!id) return null
      const done = await run('retry', () => client.connections.retry({ params: { id } }))
      return done?.count ?? null
    },
    /** Sends a test event and waits until it has been read. */
    async test(): Promise<void> {
      const id = current.value?.id
      if (!id) return
      tested.value = null
      await run('test', async () => {
        let event = await client.connections.test({ params: { id } })
        for (let poll = 0; event.outcome === 'received' && poll < testPolls; poll++) {
          await new Promise((next) => setTimeout(next, testPollMs))
          event = await client.jobEvents.get({ params: { id: event.id } })
        }
        tested.value = event
        changed()
        await activity.load()
      })
    },
  }
}

export type ConnectionsModel = ReturnType<typeof createConnections>
