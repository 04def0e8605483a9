import { mappedKinds } from '@goodword/domain'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { focusFirstError, TextArea } from '../../shared/ui/field.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { FormError } from '../core/formDialog.tsx'
import { isAdmin } from '../core/isAdmin.ts'
import { Page } from '../core/page.tsx'
import { useRouteQuery } from '../core/routeQuery.ts'
import { connectPath } from './connections.model.ts'
import { createMappingEditor, type MappingEditor } from './mapping.model.ts'
import { FieldsCard, PathField } from './mappingFields.tsx'
import { ConditionsCard, TypeCard } from './mappingType.tsx'
import { listsOf } from './samplePaths.ts'
import { UnderstoodCard } from './understood.tsx'
import './connections.css'

function SampleCard({ model }: { model: MappingEditor }) {
  const { toasts } = useConsole()
  const isBad = model.sample.value.trim() !== '' && model.json.value === undefined
  const lists = listsOf(model.json.value)
  const take = async () => {
    const taken = await model.takeLastEvent().catch(() => false)
    if (!taken) toasts.show({ icon: 'info', text: 'No event has arrived here yet.' })
  }
  return (
    <section class="card">
      <header>
        <h2>1. Paste a sample</h2>
        <Button size="sm" onClick={() => void take()}>
          Use the last event
        </Button>
      </header>
      <div class="body stack">
        <TextArea
          label="A body as your system sends it"
          hint="JSON. It isn’t saved."
          rows={9}
          value={model.sample.value}
          error={isBad ? 'This isn’t JSON yet. Paste the whole body, with all its brackets.' : null}
          onInput={model.setSample}
        />
        {(lists.length > 0 || model.draft.value.list !== '') && (
          <PathField
            model={model}
            label="Where the list of events is"
            optional
            value={model.draft.value.list}
            error={model.sending.errors.value.list}
            onInput={(list) => model.set({ list })}
          />
        )}
      </div>
    </section>
  )
}

function Editor({ model, id }: { model: MappingEditor; id: string }) {
  const { toasts, leaving } = useConsole()
  const { route } = useLocation()
  const form = useRef<HTMLFormElement>(null)
  const { data, failure } = model.connection
  const dirty = model.dirty.value
  useEffect(() => {
    leaving.value = dirty ? 'Leave without saving the mapping?' : null
    return () => {
      leaving.value = null
    }
  }, [dirty, leaving])
  const save = async () => {
    const version = await model.save()
    if (version === null) {
      if (form.current) focusFirstError(form.current)
      return
    }
    leaving.value = null
    toasts.show({ text: `Mapping saved as version ${version}.` })
    route(connectPath(id))
  }
  const connection = data.value
  const busy = model.sending.busy.value
  return (
    <Page
      title="Mapping"
      crumb={{ href: connectPath(id), label: connection?.name ?? 'Connect' }}
      actions={
        connection && (
          <Button type="submit" form="mapping" look="primary" disabled={!dirty} busy={busy}>
            {busy ? 'Saving…' : 'Save mapping'}
          </Button>
        )
      }
    >
      {failure.value && (
        <ErrorState card level={2} title="The connection did not load" onRetry={() => void model.load()}>
          {loadFailureText(failure.value)}
        </ErrorState>
      )}
      {!connection && !failure.value && <Skeleton rows={6} label="Loading the mapping" />}
      {connection && !mappedKinds.includes(connection.kind) && (
        <EmptyState card level={2} icon="check" title="Nothing to map">
          Goodword knows the events of this system.
        </EmptyState>
      )}
      {connection && mappedKinds.includes(connection.kind) && (
        <form
          id="mapping"
          ref={form}
          class="connect mapping"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <div class="col">
            <FormError sending={model.sending} />
            <SampleCard model={model} />
            <TypeCard model={model} />
            <FieldsCard model={model} />
            <ConditionsCard model={model} />
          </div>
          <div class="col aside">
            <UnderstoodCard model={model} />
          </div>
        </form>
      )}
    </Page>
  )
}

/** How a connection's events are read: made from a sample, with what is understood of it beside. */
export function MappingPage() {
  const { client, me } = useConsole()
  const { connection: id = '' } = useRouteQuery()
  const model = useMemo(() => createMappingEditor({ client, id }), [client, id])
  useEffect(() => {
    void model.load()
    return model.stop
  }, [model])
  if (!isAdmin(me)) {
    return (
      <Page title="Mapping" crumb={{ href: '/console/jobs', label: 'Jobs' }}>
        <EmptyState card level={2} icon="lock" title="For owners and admins">
          Ask one of them to change how events are read. Your role is staff.
        </EmptyState>
      </Page>
    )
  }
  return <Editor model={model} id={id} />
}
