import type { Import } from '@goodword/contracts'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { useRouteQuery } from '../core/routeQuery.ts'
import { SettingsFrame } from '../settings/settings.frame.tsx'
import { ArchiveCard } from './archive.card.tsx'
import { Choose } from './choose.tsx'
import { createImportHistory, type ImportHistoryModel } from './importHistory.model.ts'
import { ImportHistory, UndoDialog } from './importHistory.tsx'
import { createImporting } from './importing.model.ts'
import { describeImport } from './imports.labels.ts'
import { Mapping } from './mapping.tsx'
import { Rows } from './rows.tsx'
import './move.css'

/** The result of the import, with undo. */
function Done({ done, past }: { done: Import; past: ImportHistoryModel }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [done])
  return (
    <div class="done" role="status" tabIndex={-1} ref={place}>
      <Notice
        tone={done.created > 0 ? 'good' : 'info'}
        action={
          done.created > 0 && (
            <Button size="sm" icon="undo" onClick={() => past.ask(done)}>
              Undo
            </Button>
          )
        }
      >
        {describeImport(done)}
      </Notice>
    </div>
  )
}

function ImportSteps() {
  const { client, summary, leaving } = useConsole()
  const { route } = useLocation()
  const query = useRouteQuery()
  const model = useMemo(() => createImporting({ client, newKey: () => crypto.randomUUID() }), [client])
  const past = useMemo(() => createImportHistory({ client, navigate: route }), [client])
  const [done, setDone] = useState<Import | null>(null)
  const cursor = query.cursor ?? null
  useEffect(() => past.show({ cursor }), [past, cursor])
  const looking = model.preview.value !== null
  const given = model.lines.text.value.trim() !== ''
  useEffect(() => {
    leaving.value = given ? 'Leave? The file is not imported yet.' : null
    return () => {
      leaving.value = null
    }
  }, [given, leaving])
  const onDone = (one: Import) => {
    past.undone.value = null
    setDone(one)
    void past.page.load()
    void summary.load()
  }
  const onUndone = () => {
    setDone(null)
    void summary.load()
  }
  return (
    <>
      {done && !looking && <Done done={done} past={past} />}
      {looking ? (
        <>
          <Mapping model={model} />
          <Rows model={model} onDone={onDone} />
        </>
      ) : (
        <>
          <Choose model={model} />
          <ImportHistory model={past} />
          <ArchiveCard />
        </>
      )}
      <UndoDialog model={past} onUndone={onUndone} />
    </>
  )
}

/** Imports from another tool, and the export of everything. For owners and admins. */
export function MovePage() {
  return (
    <SettingsFrame
      section="move"
      lead="Import advocates, open referrals and credit from another tool, or export everything when you move."
    >
      <ImportSteps />
    </SettingsFrame>
  )
}
