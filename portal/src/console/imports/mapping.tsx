import { fieldsOfImport } from '@goodword/contracts'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Select } from '../../shared/ui/select.tsx'
import type { ImportingModel } from './importing.model.ts'
import { fieldLabel } from './imports.labels.ts'

/** Maps each column of the file to a field, with sample values next to it. */
export function Mapping({ model }: { model: ImportingModel }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const preview = model.preview.value
  if (!preview) return null
  const kind = model.kind.value
  const options = (['ignored', ...fieldsOfImport[kind]] as const).map((value) => ({
    value,
    label: fieldLabel(kind, value),
  }))
  return (
    <section class="card" aria-labelledby="columns-head">
      <header>
        <h2 id="columns-head" ref={heading} tabIndex={-1}>
          What each column means
        </h2>
        <Button size="sm" icon="chevron-left" onClick={model.back}>
          Back to the file
        </Button>
      </header>
      <ul class="columns">
        {preview.heads.map((head, at) => {
          const shown = head || `Column ${at + 1}`
          const cells = preview.samples.flatMap((row) => (row[at] ? [row[at]] : []))
          return (
            <li key={at}>
              <span class="head">
                <b>{shown}</b>
                <small>{cells.length > 0 ? cells.join(' · ') : 'Empty in the first lines'}</small>
              </span>
              <Select
                label={`${shown} means`}
                hiddenLabel
                value={model.columns.value[at] ?? 'ignored'}
                options={options}
                error={model.duplicates.value.get(at)}
                onChange={(field) => model.setColumn(at, field)}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
