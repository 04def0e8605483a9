import { type JobEventType, jobEventTypes } from '@goodword/contracts'
import { Button, IconButton } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Select } from '../../shared/ui/select.tsx'
import type { Condition, MappingEditor, TypeValue } from './mapping.model.ts'
import { PathField } from './mappingFields.tsx'
import { valueAt } from './samplePaths.ts'

export const typeLabels: Record<JobEventType, string> = {
  'job.opened': 'Job opened, not done yet',
  'job.completed': 'Job completed',
  'review.received': 'Review received, with a score',
  'job.invoiced': 'Job invoiced or paid',
  'job.refunded': 'Job refunded',
  'job.canceled': 'Job canceled',
  'opportunity.won': 'Opportunity won',
  'contact.upserted': 'Contact added or changed',
}
const typeOptions = jobEventTypes.map((value) => ({ value, label: typeLabels[value] }))

const replaced = <T,>(items: readonly T[], at: number, item: T): T[] =>
  items.map((one, nth) => (nth === at ? item : one))
const without = <T,>(items: readonly T[], at: number): T[] => items.filter((_, nth) => nth !== at)

function Values({ model }: { model: MappingEditor }) {
  const { values, typePath } = model.draft.value
  const change = (next: TypeValue[]) => model.set({ values: next })
  const found = valueAt(model.event.value, typePath)
  const add = () => {
    const isNew = typeof found === 'string' && !values.some(({ value }) => value === found)
    change([...values, { value: isNew ? found : '', type: 'job.completed' }])
  }
  return (
    <>
      <ul class="mapping-rows">
        {values.map((one, at) => (
          // Rows have nothing of their own to be told apart by.
          <li key={`${at}`}>
            <TextField
              label="If it says"
              mono
              value={one.value}
              error={model.sending.errors.value[`type.values.${at}.value`]}
              onInput={(value) => change(replaced(values, at, { ...one, value }))}
            />
            <Select
              label="then it is"
              value={one.type}
              options={typeOptions}
              onChange={(type) => change(replaced(values, at, { ...one, type }))}
            />
            <IconButton icon="x" label={`Remove “${one.value}”`} onClick={() => change(without(values, at))} />
          </li>
        ))}
      </ul>
      <Button size="sm" icon="plus" onClick={add}>
        Add a value
      </Button>
      <p class="hint">Values that aren’t listed do nothing.</p>
    </>
  )
}

/** What an event is. */
export function TypeCard({ model }: { model: MappingEditor }) {
  const { typeIs, type, typePath } = model.draft.value
  return (
    <section class="card">
      <header>
        <h2>2. What happened?</h2>
      </header>
      <div class="body stack">
        <div class="field">
          <Segmented
            label="What happened"
            value={typeIs}
            options={[
              { value: 'always', label: 'Always the same' },
              { value: 'at', label: 'The event says it' },
            ]}
            onChange={(is) => model.set({ typeIs: is })}
          />
        </div>
        {typeIs === 'always' ? (
          <Select
            label="Every event is"
            value={type}
            options={typeOptions}
            onChange={(value) => model.set({ type: value })}
          />
        ) : (
          <>
            <PathField
              model={model}
              label="Where it says so"
              value={typePath}
              error={model.sending.errors.value['type.path']}
              onInput={(path) => model.set({ typePath: path })}
            />
            <Values model={model} />
          </>
        )}
      </div>
    </section>
  )
}

/** Which events are used at all. */
export function ConditionsCard({ model }: { model: MappingEditor }) {
  const { conditions } = model.draft.value
  const change = (next: Condition[]) => model.set({ conditions: next })
  const errors = model.sending.errors.value
  return (
    <section class="card">
      <header>
        <h2>4. Only when…</h2>
        <Button
          size="sm"
          icon="plus"
          disabled={conditions.length >= 10}
          onClick={() => change([...conditions, { path: '', is: 'equal', value: '' }])}
        >
          Add a condition
        </Button>
      </header>
      <div class="body stack">
        {conditions.length === 0 && <p class="muted">Every event is used. Add a condition such as “status is paid”.</p>}
        <ul class="mapping-rows">
          {conditions.map((one, at) => (
            // Rows have nothing of their own to be told apart by.
            <li key={`${at}`}>
              <PathField
                model={model}
                label="Where"
                value={one.path}
                error={errors[`conditions.${at}.path`]}
                onInput={(path) => change(replaced(conditions, at, { ...one, path }))}
              />
              <Select
                label="compares"
                value={one.is}
                options={[
                  { value: 'equal', label: 'is' },
                  { value: 'different', label: 'is not' },
                ]}
                onChange={(is) => change(replaced(conditions, at, { ...one, is }))}
              />
              <TextField
                label="with"
                value={one.value}
                error={errors[`conditions.${at}.value`]}
                onInput={(value) => change(replaced(conditions, at, { ...one, value }))}
              />
              <IconButton
                icon="x"
                label={`Remove condition ${at + 1}`}
                onClick={() => change(without(conditions, at))}
              />
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
