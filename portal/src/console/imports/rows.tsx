import type { Import, ImportPreview, ImportRow } from '@goodword/contracts'
import { Button } from '../../shared/ui/button.tsx'
import { countText } from '../../shared/ui/count.ts'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { Pager, type Turn } from '../../shared/ui/pager.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Table, TableHead } from '../../shared/ui/table.tsx'
import { Notice } from '../core/notice.tsx'
import { type ImportingModel, type RowFilter, rowsShown } from './importing.model.ts'
import { countOfKind, describeJobs, describePreview } from './imports.labels.ts'

const statusTags: Record<ImportRow['state'], { badge: string; icon: IconName; word: string }> = {
  created: { badge: 'converted', icon: 'plus', word: 'Will be created' },
  skipped: { badge: 'expired', icon: 'minus', word: 'Skipped' },
  wrong: { badge: 'declined', icon: 'alert', word: 'Error' },
}

function Row({ row }: { row: ImportRow }) {
  const look = statusTags[row.state]
  return (
    <tr class={row.state === 'created' ? undefined : 'out'}>
      <td class="num muted line">{row.line}</td>
      <td class="name">{row.label}</td>
      <td class="happens">
        <span class={`badge ${look.badge}`}>
          <Icon name={look.icon} />
          {look.word}
        </span>
        {(row.problem ?? row.note) && <small>{row.problem ?? row.note}</small>}
      </td>
    </tr>
  )
}

function Shown({ model }: { model: ImportingModel }) {
  const rows = model.rows.value
  const from = model.from.value
  const page = rows.slice(from, from + rowsShown)
  const lastFrom = Math.floor((rows.length - 1) / rowsShown) * rowsShown
  const turn = (to: Turn) => {
    model.from.value = { first: 0, previous: from - rowsShown, next: from + rowsShown, last: lastFrom }[to]
  }
  return (
    <>
      <Table caption="Rows of the file" name="import-rows">
        <TableHead columns={['Line', 'Who', 'What happens']} />
        <tbody>
          {page.map((row) => (
            <Row key={row.line} row={row} />
          ))}
        </tbody>
      </Table>
      {rows.length > rowsShown && (
        <Pager
          words={`${countText(from + 1)}–${countText(from + page.length)} of ${countText(rows.length)}`}
          hasPrevious={from > 0}
          hasNext={from < lastFrom}
          onTurn={turn}
        />
      )}
    </>
  )
}

function RowResult({ model }: { model: ImportingModel }) {
  const failure = model.again.failure.value
  if (model.duplicates.value.size > 0)
    return <Notice tone="warn">Two columns have the same meaning. Change one above to preview the rows.</Notice>
  if (failure)
    return (
      <Notice
        tone="bad"
        action={
          <Button size="sm" icon="retry" onClick={() => void model.again.load()}>
            Try again
          </Button>
        }
      >
        {failure.sentence}
      </Notice>
    )
  const sending = model.sending.failure.value
  return sending && <Notice tone="bad">{sending.sentence}</Notice>
}

function footnote({ created, wrong, jobs }: ImportPreview): string {
  if (created === 0)
    return wrong > 0
      ? 'No rows can be imported yet. See the reasons, and the columns above.'
      : 'Nothing is left to import.'
  if (wrong > 0)
    return `Rows with errors are left out. Correct them in the file and import it again; ${jobs ? 'jobs that' : 'people who'} are already here are skipped.`
  return jobs ? 'Asks go out by your rules under When to ask, outside of quiet hours.' : 'Nobody is emailed or texted.'
}

/** Reviews what the import would do, row by row. Nothing is saved before the button is pressed. */
export function Rows({ model, onDone }: { model: ImportingModel; onDone: (done: Import) => void }) {
  const preview = model.preview.value
  if (!preview) return null
  const { created, skipped, wrong } = preview
  const busy = model.sending.busy.value
  const unclear = model.duplicates.value.size > 0
  const choices: { value: RowFilter; label: string; count: number }[] = [
    { value: 'all', label: 'All', count: preview.rows.length },
    { value: 'wrong', label: 'With errors', count: wrong },
    { value: 'skipped', label: 'Skipped', count: skipped },
  ]
  const run = async () => {
    const done = await model.run()
    if (done) onDone(done)
  }
  return (
    <section
      class="card list first import-review"
      aria-labelledby="rows-head"
      aria-busy={model.again.loading.value}
      data-stale={model.fresh.value ? undefined : ''}
    >
      <header>
        <h2 id="rows-head" aria-live="polite">
          {unclear ? 'Rows of the file' : describePreview(preview)}
        </h2>
        {!unclear && (
          <Segmented
            label="Rows shown"
            value={model.filter.value}
            options={choices
              .filter(({ value, count }) => value === 'all' || count > 0)
              .map(({ value, label, count }) => ({ value, label: `${label} ${countText(count)}` }))}
            onChange={model.only}
          />
        )}
      </header>
      <RowResult model={model} />
      {preview.jobs && !unclear && created > 0 && <Notice tone="info">{describeJobs(preview.jobs)}</Notice>}
      {!unclear && <Shown model={model} />}
      <footer class="importbar">
        <span class="muted grow">{footnote(preview)}</span>
        <Button
          look="primary"
          icon="check"
          busy={busy}
          waiting={!model.fresh.value}
          disabled={created === 0}
          onClick={() => void run()}
        >
          {busy ? 'Importing…' : `Import ${countOfKind(created, model.kind.value)}`}
        </Button>
      </footer>
    </section>
  )
}
