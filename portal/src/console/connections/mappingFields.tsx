import { useId } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Field } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { currencyChoices } from '../core/regions.ts'
import type { FieldName, MappingEditor } from './mapping.model.ts'
import { valueAt } from './samplePaths.ts'

const main: [FieldName, string][] = [
  ['jobId', 'Job number'],
  ['name', 'Customer’s name, or first name'],
  ['lastName', 'Last name'],
  ['email', 'Email'],
  ['phone', 'Phone'],
  ['value', 'Job value'],
  ['score', 'Score, 1 to 5'],
  ['title', 'What the job was'],
]
const more: [FieldName, string][] = [
  ['occurredAt', 'When it happened'],
  ['currency', 'Currency'],
  ['invoiceNumber', 'Invoice number'],
  ['customerId', 'Customer number'],
  ['deliveryId', 'Number of the event'],
  ['refundId', 'Refund number'],
  ['refundAmount', 'Refunded amount'],
  ['opportunityId', 'Opportunity number'],
  ['test', 'Test mark'],
]

/** What stands at a path of the sample, in a few words. */
function foundText(model: MappingEditor, path: string): string {
  if (path.trim() === '' || model.json.value === undefined) return ''
  const value = valueAt(model.event.value, path)
  if (value === undefined) return 'Not in this sample.'
  if (value === null || typeof value === 'object')
    return value === null ? 'Empty in this sample.' : 'Choose one value in it.'
  return `“${String(value).slice(0, 60)}”`
}

/** Where something stands, with the places of the sample to choose from. */
export function PathField({
  model,
  label,
  value,
  error,
  optional = false,
  onInput,
}: {
  model: MappingEditor
  label: string
  value: string
  error: string | undefined
  optional?: boolean
  onInput: (path: string) => void
}) {
  const places = useId()
  return (
    <Field label={label} optional={optional} error={error} hint={foundText(model, value) || undefined}>
      {(control) => (
        <>
          <input
            {...control}
            class="input mono"
            type="text"
            list={places}
            autocomplete="off"
            spellcheck={false}
            value={value}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          <datalist id={places}>
            {model.paths.value.map(({ path, text }) => (
              <option key={path} value={path} label={`${path}: ${text.slice(0, 40)}`} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}

function FieldPath({ model, field, label }: { model: MappingEditor; field: FieldName; label: string }) {
  return (
    <PathField
      model={model}
      label={label}
      value={model.draft.value.fields[field]}
      error={model.sending.errors.value[`fields.${field}`]}
      onInput={(path) => model.setField(field, path)}
    />
  )
}

/** Where an event's fields stand. */
export function FieldsCard({ model }: { model: MappingEditor }) {
  const { amountUnit, currency, fields } = model.draft.value
  const hasMore = more.some(([field]) => fields[field] !== '')
  return (
    <section class="card">
      <header>
        <h2>3. Where is it?</h2>
        <Button size="sm" disabled={model.paths.value.length === 0} onClick={model.guess}>
          Guess from the sample
        </Button>
      </header>
      <div class="body stack">
        <div class="two">
          {main.map(([field, label]) => (
            <FieldPath key={field} model={model} field={field} label={label} />
          ))}
        </div>
        <div class="field">
          <span class="label">Amounts are written as</span>
          <Segmented
            label="Amounts are written as"
            value={amountUnit}
            options={[
              { value: 'major', label: '385.00' },
              { value: 'minor', label: '38500, in cents' },
            ]}
            onChange={(unit) => model.set({ amountUnit: unit })}
          />
        </div>
        <details open={hasMore}>
          <summary>More fields</summary>
          <div class="two">
            {more.map(([field, label]) => (
              <FieldPath key={field} model={model} field={field} label={label} />
            ))}
            <Select
              label="Currency of all amounts"
              value={currency}
              options={[{ value: '', label: 'As the event says, else yours' }, ...currencyChoices]}
              onChange={(value) => model.set({ currency: value })}
            />
          </div>
        </details>
      </div>
    </section>
  )
}
