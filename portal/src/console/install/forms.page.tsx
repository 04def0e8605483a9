import { useEffect, useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { EmptyState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { Page } from '../core/page.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { useRouteQuery } from '../core/routeQuery.ts'
import { createFormList } from './forms.model.ts'
import { FormRow } from './siteForms.tsx'
import './install.css'

/** The websites' own forms, and which of their fields are understood. */
export function FormsPage() {
  const { client } = useConsole()
  const { route } = useLocation()
  const query = useRouteQuery()
  const model = useMemo(() => createFormList({ client, navigate: route }), [client])
  useEffect(() => model.show({ cursor: query.cursor ?? null }), [model, query])
  return (
    <Page title="Forms on your website" crumb={{ href: '/console/install', label: 'Install' }}>
      <section class="card list" aria-label="Forms on your website" aria-busy={model.page.loading.value}>
        <PagedBody
          list={model}
          title="Forms"
          empty={
            <EmptyState level={2} icon="file-text" title="No form seen yet">
              Forms with data-goodword show up here for 30 days after they were last used, with the fields that are
              understood.
            </EmptyState>
          }
        >
          {(items) => (
            <ul class="site-forms">
              {items.map((form) => (
                <FormRow key={form.id} form={form} />
              ))}
            </ul>
          )}
        </PagedBody>
      </section>
    </Page>
  )
}
