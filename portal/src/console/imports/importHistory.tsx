import type { Import } from '@goodword/contracts'
import { Button } from '../../shared/ui/button.tsx'
import { countText } from '../../shared/ui/count.ts'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { dayAndTime, pluralize } from '../core/relativeDates.ts'
import type { ImportHistoryModel } from './importHistory.model.ts'
import { countOfKind, kindLabels, undoDescriptions } from './imports.labels.ts'

function ImportRow({ one, model }: { one: Import; model: ImportHistoryModel }) {
  const { now, me } = useConsole()
  const at = (moment: string) => dayAndTime(moment, now.value, me.organization.timeZone)
  const left = one.skipped > 0 ? `, ${countText(one.skipped)} left out` : ''
  return (
    <li>
      <span class="what">
        <b>{one.fileName}</b>
        <small>
          {kindLabels[one.kind]} · {at(one.createdAt)}
          {one.undoneAt && ` · undone ${at(one.undoneAt)}`}
        </small>
        <small>
          {countText(one.created)} of {pluralize(one.rows, 'row')} came in{left}
        </small>
        {one.created + one.skipped < one.rows && (
          <small>Not finished. If it stopped, import the same file again: it goes on where it was.</small>
        )}
      </span>
      {one.undoneAt ? (
        <span class="tag">Undone</span>
      ) : (
        one.created > 0 &&
        one.kind !== 'jobs' && (
          <Button size="sm" icon="undo" onClick={() => model.ask(one)}>
            Undo<span class="sr-only"> {one.fileName}</span>
          </Button>
        )
      )}
    </li>
  )
}

/** What stayed when an import was undone, and why. */
function UndoResult({ model }: { model: ImportHistoryModel }) {
  const undone = model.undone.value
  if (!undone) return null
  const { removed, kept } = undone
  return (
    <div class="undone" role="status">
      <Notice
        tone={kept.length === 0 ? 'good' : 'info'}
        action={
          <Button
            size="sm"
            look="quiet"
            onClick={() => {
              model.undone.value = null
            }}
          >
            Dismiss
          </Button>
        }
      >
        {undone.fileName}: {countOfKind(removed, undone.kind)} undone
        {kept.length > 0 ? `, ${countText(kept.length)} kept:` : '.'}
      </Notice>
      {kept.length > 0 && (
        <ul class="kept">
          {kept.map(({ line, why }) => (
            <li key={line}>
              <span class="num muted">Line {line}</span> {why}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function List({ model }: { model: ImportHistoryModel }) {
  return (
    <PagedBody
      list={model}
      title="Past imports"
      level={3}
      rows={2}
      empty={
        <EmptyState icon="inbox" title="No imports yet">
          Each import shows up here and can be undone.
        </EmptyState>
      }
    >
      {(items) => (
        <ul class="rows">
          {items.map((one) => (
            <ImportRow key={one.id} one={one} model={model} />
          ))}
        </ul>
      )}
    </PagedBody>
  )
}

export function UndoDialog({ model, onUndone }: { model: ImportHistoryModel; onUndone: () => void }) {
  const one = model.asked.value
  if (!one || one.kind === 'jobs') return null
  const { busy, failure } = model.undoing
  const { does, stays } = undoDescriptions[one.kind]
  const close = () => model.ask(null)
  const undo = async () => {
    if (await model.undo()) onUndone()
  }
  const already = failure.value?.code === 'import_undone'
  return (
    <Dialog
      title={`Undo the import of ${countOfKind(one.created, one.kind)}?`}
      description={one.fileName}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{already ? 'Close' : 'Cancel'}</Button>
          {!already && (
            <Button look="danger" icon="undo" busy={busy.value} onClick={() => void undo()}>
              {busy.value ? 'Undoing…' : 'Undo'}
            </Button>
          )}
        </>
      }
    >
      <div class="form">
        {failure.value && <Notice tone="bad">{failure.value.sentence}</Notice>}
        <p>{does}</p>
        <p>{stays} The people stay as contacts, and you can import the file again.</p>
      </div>
    </Dialog>
  )
}

/** Every import, newest first. */
export function ImportHistory({ model }: { model: ImportHistoryModel }) {
  return (
    <section class="card" aria-labelledby="past-head" aria-busy={model.page.loading.value}>
      <header>
        <h2 id="past-head">Past imports</h2>
      </header>
      <UndoResult model={model} />
      <List model={model} />
    </section>
  )
}
