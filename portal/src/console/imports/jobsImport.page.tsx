import type { Import } from '@goodword/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { EmptyState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { isAdmin } from '../core/isAdmin.ts'
import { JobsFrame } from '../jobs/jobs.frame.tsx'
import { Choose } from './choose.tsx'
import { createImporting } from './importing.model.ts'
import { describeImport } from './imports.labels.ts'
import { Mapping } from './mapping.tsx'
import { Rows } from './rows.tsx'
import './move.css'

function ImportSteps() {
  const { client, jobs, leaving, toasts } = useConsole()
  const { route } = useLocation()
  const model = useMemo(() => createImporting({ client, newKey: () => crypto.randomUUID(), first: 'jobs' }), [client])
  const given = model.lines.text.value.trim() !== ''
  useEffect(() => {
    leaving.value = given ? 'Leave? The jobs are not imported yet.' : null
    return () => {
      leaving.value = null
    }
  }, [given, leaving])
  const onDone = (done: Import) => {
    leaving.value = null
    toasts.show({ icon: 'check', text: describeImport(done) })
    void jobs.load()
    route('/console/jobs')
  }
  if (model.preview.value === null) return <Choose model={model} />
  return (
    <div class="jobs-import">
      <Mapping model={model} />
      <Rows model={model} onDone={onDone} />
    </div>
  )
}

/** Imports finished jobs of a business whose system can't send them. */
export function JobsImportPage() {
  const admin = isAdmin(useConsole().me)
  return (
    <JobsFrame>
      {admin ? (
        <ImportSteps />
      ) : (
        <EmptyState card level={2} icon="lock" title="For owners and admins">
          Ask one of them to import the jobs. Your role is staff.
        </EmptyState>
      )}
    </JobsFrame>
  )
}
