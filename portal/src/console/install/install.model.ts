import type { Client } from '@goodword/client'
import { AddSite, type ApiKey, type InstallCheck } from '@goodword/contracts'
import { computed, signal } from '@preact/signals'
import { toFailure } from '../core/failure.ts'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'
import type { Framework, Language, Part, Pinned } from './snippets.ts'

/** How often an open install page checks for events. */
export const pollMs = 5_000

type Manifest = { loader: Pinned }

/** Loads the current widget version, for pages that want to pin it. */
async function fetchManifest(abort: AbortSignal): Promise<Manifest> {
  const answer = await fetch('/widget/v1/manifest.json', { signal: abort })
  if (!answer.ok) throw new Error('There is no manifest of the widget.')
  return (await answer.json()) as Manifest
}

/** The options of the snippets. */
function createOptions() {
  return {
    framework: signal<Framework>('html'),
    part: signal<Part>('form'),
    language: signal<Language>('page'),
    inColumn: signal(false),
    consent: signal(false),
    pin: signal(false),
    mode: signal<ApiKey['mode']>('live'),
  }
}

/** Installs the form on a website: snippets, allowed websites, keys, and incoming events. */
export function createInstall({
  client,
  manifest: ask = fetchManifest,
}: {
  client: Client
  manifest?: typeof fetchManifest
}) {
  const keys = createResource((abort) => client.keys.list(undefined, { signal: abort }))
  const check = createResource<InstallCheck>((abort) => client.install.check(undefined, { signal: abort }))
  const events = createResource((abort) => client.embedEvents.list({ query: { limit: 5 } }, { signal: abort }))
  const manifest = createResource(ask)
  const options = createOptions()
  const origin = signal('')
  const adding = createSending()
  const making = createSending()
  const problem = signal<string | null>(null)

  const keyOf = (mode: ApiKey['mode']) =>
    (keys.data.value?.items ?? []).find(
      (key) => key.kind === 'publishable' && key.mode === mode && key.revokedAt === null,
    )?.display ?? null
  const key = computed(() => keyOf(options.mode.value))

  return {
    keys,
    check,
    events,
    manifest,
    options,
    origin,
    adding,
    making,
    problem,
    live: computed(() => keyOf('live')),
    test: computed(() => keyOf('test')),
    /** The key of the chosen mode for the snippet; null while there is none. */
    key,
    /** The version to pin, when pinning is chosen and the version is loaded. */
    pinned: computed(() => (options.pin.value ? (manifest.data.value?.loader ?? null) : null)),
    /** Reloads what can change without the user's action. */
    poll() {
      void check.load()
      void events.load()
    },
    async addSite(): Promise<boolean> {
      const typed = origin.value
      const body = adding.check(AddSite.safeParse({ origin: typed }))
      if (!body) return false
      const site = await adding.send(() => client.sites.add({ body }))
      if (!site) {
        const failure = adding.failure.value
        if (failure && !failure.fields.origin) adding.errors.value = { origin: failure.sentence }
        return false
      }
      if (origin.value === typed) origin.value = ''
      void check.load()
      return true
    },
    /** Allows a website that sent events without being on the list. */
    async allow(tried: string): Promise<void> {
      problem.value = null
      const site = await adding.send(() => client.sites.add({ body: { origin: tried } }))
      if (site) await check.load()
      else problem.value = adding.failure.value?.sentence ?? null
    },
    async removeSite(id: string): Promise<void> {
      problem.value = null
      try {
        await client.sites.remove({ params: { id } })
        await check.load()
      } catch (error) {
        problem.value = toFailure(error).sentence
      }
    },
    /** Creates the key of a mode when there is none yet. */
    async createKey(mode: ApiKey['mode']): Promise<void> {
      if (keyOf(mode) !== null) return
      const name = mode === 'test' ? 'Website, test mode' : 'Website'
      const made = await making.send(() =>
        client.keys.create({ body: { kind: 'publishable', mode, name, scopes: [] } }),
      )
      if (made) await keys.load()
    },
  }
}

export type InstallModel = ReturnType<typeof createInstall>
