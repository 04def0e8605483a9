import type { Client } from '@goodword/client'
import { type ApiKey, type CreatedKey, CreateKey, type Overlap, type Scope, scopes } from '@goodword/contracts'
import { computed, signal } from '@preact/signals'
import { toFailure } from '../core/failure.ts'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'

export type Preset = 'referrals' | 'reading' | 'all' | 'chosen'

/** Usual sets of scopes; any others are chosen one by one. */
const presets: Record<Exclude<Preset, 'chosen'>, readonly Scope[]> = {
  referrals: ['referrals:read', 'referrals:write', 'advocates:read'],
  reading: scopes.filter((scope) => scope.endsWith(':read')),
  all: scopes,
}

/** The preset that matches these scopes, if any. */
export function presetOf(chosen: ReadonlySet<Scope>): Preset {
  const same = (given: readonly Scope[]) => given.length === chosen.size && given.every((scope) => chosen.has(scope))
  for (const [name, given] of Object.entries(presets)) if (same(given)) return name as Preset
  return 'chosen'
}

/** The areas of the API with the scopes of each: read, or read and write. */
export const areas = [...new Set(scopes.map((scope) => scope.split(':')[0] ?? ''))].map((part) => ({
  part,
  scopes: scopes.filter((scope) => scope.startsWith(`${part}:`)),
}))

type Kind = 'secret' | 'identity'

/** The keys of the organization that its own servers hold. A key is only in the response that creates it. */
export function createKeys({ client }: { client: Client }) {
  const list = createResource((abort) => client.keys.list(undefined, { signal: abort }))
  const created = signal<CreatedKey | null>(null)
  const kind = signal<Kind>('secret')
  const name = signal('')
  const chosen = signal<ReadonlySet<Scope>>(new Set(presets.referrals))
  const creating = createSending()
  const overlap = signal<Overlap>('day')
  const rotating = createSending()
  const problem = signal<string | null>(null)

  return {
    list,
    created,
    kind,
    name,
    chosen,
    creating,
    problem,
    secrets: computed<ApiKey[]>(() => (list.data.value?.items ?? []).filter(isActive('secret'))),
    identityKeys: computed<ApiKey[]>(() => (list.data.value?.items ?? []).filter(isActive('identity'))),
    preset: computed<Preset>(() => presetOf(chosen.value)),
    choose(preset: Exclude<Preset, 'chosen'>) {
      chosen.value = new Set(presets[preset])
    },
    toggle(scope: Scope, on: boolean) {
      chosen.value = new Set(scopes.filter((one) => (one === scope ? on : chosen.value.has(one))))
    },
    start(wanted: Kind) {
      kind.value = wanted
      name.value = ''
      chosen.value = new Set(presets.referrals)
      creating.errors.value = {}
      creating.failure.value = null
    },
    async create(): Promise<boolean> {
      const isSecret = kind.value === 'secret'
      const input = { kind: kind.value, name: name.value, scopes: isSecret ? [...chosen.value] : [] }
      if (isSecret && chosen.value.size === 0) {
        creating.showErrors({ scopes: 'Choose at least one part of the product this key may use.' })
        return false
      }
      const body = creating.check(CreateKey.safeParse(input))
      const key = body && (await creating.send(() => client.keys.create({ body })))
      if (!key) return false
      created.value = key
      void list.load()
      return true
    },
    overlap,
    rotating,
    async rotate({ id }: ApiKey): Promise<boolean> {
      const body = { overlap: overlap.value }
      const key = await rotating.send(() => client.keys.rotate({ params: { id }, body }))
      if (!key) return false
      created.value = key
      void list.load()
      return true
    },
    async revoke(id: string): Promise<void> {
      problem.value = null
      try {
        await client.keys.revoke({ params: { id } })
        await list.load()
      } catch (error) {
        problem.value = toFailure(error).sentence
      }
    },
  }
}

/** Timestamps are compared as text: all are ISO 8601 in UTC. */
const isActive = (kind: Kind) => (key: ApiKey) =>
  key.kind === kind && key.revokedAt === null && (key.expiresAt === null || key.expiresAt > new Date().toISOString())

export type KeysModel = ReturnType<typeof createKeys>
