import { type ImportKind, importRowsMax } from '@goodword/contracts'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { countText } from '../../shared/ui/count.ts'
import { focusFirstError, TextArea } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { CampaignChoice } from '../core/campaignChoice.tsx'
import { CsvFile } from '../core/csvFile.tsx'
import { Notice } from '../core/notice.tsx'
import type { ImportingModel } from './importing.model.ts'
import { kindExample, kindLabels, kindNeeds, movedKinds } from './imports.labels.ts'

function KindChoice({ model }: { model: ImportingModel }) {
  const kind = model.kind.value
  return (
    <div class="kind">
      <span class="label" aria-hidden="true">
        What to import
      </span>
      <Segmented<ImportKind>
        label="What to import"
        value={kind}
        options={movedKinds.map((value) => ({ value, label: kindLabels[value] }))}
        onChange={(value) => {
          model.kind.value = value
        }}
      />
      <p class="muted">{kindNeeds[kind]}</p>
    </div>
  )
}

/** Step 1: what to import, into which campaign, and the rows. Nothing is saved yet. */
export function Choose({ model }: { model: ImportingModel }) {
  const { lines } = model
  const form = useRef<HTMLFormElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  // With rows already present, the user came back from the review.
  useEffect(() => {
    if (lines.text.value !== '') heading.current?.focus()
  }, [lines])
  const { errors, failure, busy } = model.reading
  const isJobs = model.kind.value === 'jobs'
  const most = importRowsMax[model.kind.value]
  const read = async () => {
    if (!(await model.read()) && form.current) focusFirstError(form.current)
  }
  return (
    <section class="card" aria-labelledby="bring-head">
      <header>
        <h2 id="bring-head" ref={heading} tabIndex={-1}>
          {isJobs ? 'Import finished jobs' : 'Import'}
        </h2>
      </header>
      <form
        class="form importing"
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void read()
        }}
      >
        {failure.value && !errors.value.text && <Notice tone="bad">{failure.value.sentence}</Notice>}
        {isJobs ? (
          <p class="muted">{kindNeeds.jobs}</p>
        ) : (
          <>
            <KindChoice model={model} />
            <CampaignChoice
              campaignId={model.campaignId}
              purpose="import into"
              label="Into the campaign"
              width="min(360px, 100%)"
            />
          </>
        )}
        <CsvFile lines={lines} />
        <TextArea
          label="Rows"
          rows={8}
          value={lines.text.value}
          error={errors.value.text}
          hint={`From a file, or pasted from a spreadsheet. The first row names the columns, followed by up to ${countText(most)} rows.`}
          onInput={lines.type}
        />
        <figure class="example">
          <figcaption>For example</figcaption>
          <pre>{kindExample[model.kind.value]}</pre>
        </figure>
        <div class="row">
          <span class="muted grow">
            {isJobs
              ? 'Nothing is saved, and nobody is asked, until you review it.'
              : 'Nothing is saved until you review it, and nobody is emailed.'}
          </span>
          <Button type="submit" look="primary" busy={busy.value} disabled={!isJobs && model.campaignId.value === ''}>
            {busy.value ? 'Reading…' : 'Preview import'}
          </Button>
        </div>
      </form>
    </section>
  )
}
