import type { Client } from '@goodword/client'
import {
  type Connection,
  ConnectionMapping,
  type EventPreview,
  type JobEventType,
  type MappedFields,
  MappedFields as MappedFieldsSchema,
  sampleMax,
} from '@goodword/contracts'
import { computed, signal } from '@preact/signals'
import { createDebounce } from '../core/debounce.ts'
import { createSending, issuesByField } from '../core/form.ts'
import { createResource } from '../core/resource.ts'
import { firstEvent, guessFields, parseSample, pathsOf } from './samplePaths.ts'

export type FieldName = keyof MappedFields
export const fieldNames = Object.keys(MappedFieldsSchema.shape) as FieldName[]

export type Condition = { path: string; is: 'equal' | 'different'; value: string }
export type TypeValue = { value: string; type: JobEventType }

/** The form's fields. An empty path isn't read. */
export type MappingDraft = {
  list: string
  typeIs: 'always' | 'at'
  type: JobEventType
  typePath: string
  values: TypeValue[]
  conditions: Condition[]
  amountUnit: 'major' | 'minor'
  /** Empty: what the event says, else the organization's. */
  currency: string
  fields: Record<FieldName, string>
}

const noFields = () => Object.fromEntries(fieldNames.map((name) => [name, ''])) as Record<FieldName, string>

export const emptyDraft = (): MappingDraft => ({
  list: '',
  typeIs: 'always',
  type: 'job.completed',
  typePath: '',
  values: [],
  conditions: [],
  amountUnit: 'major',
  currency: '',
  fields: noFields(),
})

const present = (fields: MappedFields) =>
  Object.fromEntries(Object.entries(fields).filter(([, path]) => path !== undefined)) as Partial<
    Record<FieldName, string>
  >

export function draftOf(mapping: ConnectionMapping): MappingDraft {
  const { type } = mapping
  return {
    list: mapping.list ?? '',
    typeIs: type.is,
    type: type.is === 'always' ? type.type : 'job.completed',
    typePath: type.is === 'at' ? type.path : '',
    values: type.is === 'at' ? type.values : [],
    conditions: mapping.conditions,
    amountUnit: mapping.amountUnit,
    currency: mapping.currency ?? '',
    fields: Object.assign(noFields(), present(mapping.fields)),
  }
}

/** The draft in the API's format, without what is empty. */
export function toMapping(draft: MappingDraft): unknown {
  const fields = Object.fromEntries(Object.entries(draft.fields).filter(([, path]) => path.trim() !== ''))
  return {
    ...(draft.list.trim() ? { list: draft.list } : {}),
    type:
      draft.typeIs === 'always'
        ? { is: 'always', type: draft.type }
        : { is: 'at', path: draft.typePath, values: draft.values.filter(({ value }) => value.trim() !== '') },
    conditions: draft.conditions.filter(({ path, value }) => path.trim() !== '' || value.trim() !== ''),
    amountUnit: draft.amountUnit,
    ...(draft.currency ? { currency: draft.currency } : {}),
    fields,
  }
}

const previewDelayMs = 300

/** A mapping that is made from a sample: what would be understood of it follows each change. */
export function createMappingEditor({ client, id }: { client: Client; id: string }) {
  const connection = createResource<Connection>((abort) =>
    client.connections.get({ params: { id } }, { signal: abort }),
  )
  const draft = signal<MappingDraft>(emptyDraft())
  const sample = signal('')
  const saved = signal(JSON.stringify(toMapping(emptyDraft())))
  const sending = createSending()
  const json = computed(() => parseSample(sample.value))
  const event = computed(() => firstEvent(json.value, draft.value.list.trim()))
  const paths = computed(() => pathsOf(event.value))
  const preview = createResource<EventPreview | null>(async (abort) => {
    const kind = connection.data.value?.kind
    const mapping = ConnectionMapping.safeParse(toMapping(draft.value))
    if (!kind || sample.value.trim() === '' || !mapping.success) return null
    return await client.connections.preview(
      { body: { kind, mapping: mapping.data, sample: sample.value } },
      { signal: abort },
    )
  })
  const later = createDebounce(previewDelayMs)

  function changed() {
    const mapping = ConnectionMapping.safeParse(toMapping(draft.value))
    sending.errors.value = mapping.success ? {} : typedOnly(issuesByField(mapping.error.issues), draft.value)
    later.run(() => void preview.load())
  }

  function set(patch: Partial<MappingDraft>) {
    draft.value = { ...draft.value, ...patch }
    changed()
  }

  /** Fills in what is empty by the names in the sample. */
  function guess() {
    const guessed = guessFields(paths.value)
    const fields = { ...draft.value.fields }
    for (const [name, path] of Object.entries(guessed) as [FieldName, string][]) fields[name] ||= path
    set({ fields })
  }

  return {
    connection,
    draft,
    sample,
    sending,
    json,
    event,
    paths,
    preview,
    dirty: computed(() => JSON.stringify(toMapping(draft.value)) !== saved.value),
    set,
    guess,
    setField: (name: FieldName, path: string) => set({ fields: { ...draft.value.fields, [name]: path } }),
    setSample(text: string) {
      const isFirst = sample.value.trim() === ''
      sample.value = text.slice(0, sampleMax)
      if (isFirst && json.value !== undefined) guess()
      else changed()
    },
    async load(): Promise<void> {
      await connection.load()
      const version = connection.data.value?.mappingVersion ?? null
      if (version !== null) {
        const { items } = await client.connections.mappings({ params: { id } })
        const mapping = items.find((one) => one.version === version)?.mapping
        if (mapping) draft.value = draftOf(mapping)
        saved.value = JSON.stringify(toMapping(draft.value))
      }
    },
    /** Takes the event that came last as the sample. Resolves to false if there is none. */
    async takeLastEvent(): Promise<boolean> {
      const { items } = await client.jobEvents.list({ query: { limit: 20, connectionId: id } })
      const [last] = items.filter(({ isTest, reason }) => !isTest && reason !== 'request_refused')
      const payload = last ? (await client.jobEvents.get({ params: { id: last.id } })).payload : null
      if (!payload) return false
      this.setSample(payload)
      return true
    },
    /** Resolves to the new version, or null with the errors shown. */
    async save(): Promise<number | null> {
      const mapping = sending.check(ConnectionMapping.safeParse(toMapping(draft.value)))
      if (!mapping) return null
      const answer = await sending.send(() => client.connections.setMapping({ params: { id }, body: { mapping } }))
      if (!answer) return null
      saved.value = JSON.stringify(toMapping(draft.value))
      return answer.mappingVersion
    },
    stop: later.cancel,
  }
}

/** While somebody types, only what they typed is wrong; what is still empty is not. */
function typedOnly(errors: Readonly<Record<string, string>>, draft: MappingDraft): Readonly<Record<string, string>> {
  const isTyped = (path: string): boolean => {
    const [part, nth, name] = path.split('.')
    if (part === 'list') return draft.list !== ''
    if (part === 'type') return draft.typePath !== ''
    if (part === 'fields') return true
    const condition = draft.conditions[Number(nth)]
    return part === 'conditions' && condition !== undefined && condition[name === 'value' ? 'value' : 'path'] !== ''
  }
  return Object.fromEntries(Object.entries(errors).filter(([path]) => isTyped(path)))
}

export type MappingEditor = ReturnType<typeof createMappingEditor>
