import type { AuditEntry } from '@goodword/contracts'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Table, TableHead } from '../../shared/ui/table.tsx'
import { useConsole } from '../core/console.ts'
import { isAdmin } from '../core/isAdmin.ts'
import { PagedBody } from '../core/pagedBody.tsx'
import { dayAndTime } from '../core/relativeDates.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import {
  type AuditList,
  type AuditModel,
  actorLabel,
  actorOptions,
  createAudit,
  describeDetails,
  exportUrl,
  groupOptions,
  readAuditList,
  subjectPath,
} from './audit.model.ts'
import { SettingsFrame } from './settings.frame.tsx'

function About({ model }: { model: AuditModel }) {
  const { subjectId } = model.list.value
  const [typed, setTyped] = useState(subjectId)
  useEffect(() => setTyped(subjectId), [subjectId])
  const apply = () => {
    if (typed.trim() !== subjectId) model.change({ subjectId: typed.trim() })
  }
  return (
    <form
      class="about"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <TextField
        label="About"
        placeholder="An ID, such as ref_…"
        mono
        value={typed}
        onInput={setTyped}
        onBlur={apply}
      />
    </form>
  )
}

function Filters({ model }: { model: AuditModel }) {
  const { actor, group, from, to } = model.list.value
  const people = model.members.data.value?.items ?? []
  const keys = model.keys.data.value?.items ?? []
  const day = (name: 'from' | 'to', label: string, value: string) => (
    <TextField label={label} type="date" value={value} onInput={(text) => model.changeDay(name, text)} />
  )
  return (
    <search class="filters" aria-label="Audit trail">
      <Select
        label="Who"
        value={actor}
        options={actorOptions(people, keys, actor)}
        onChange={(value) => model.change({ actor: value })}
      />
      <Select
        label="What"
        value={group}
        options={groupOptions(model.groups.data.value?.items ?? [], group)}
        onChange={(value) => model.change({ group: value })}
      />
      {day('from', 'From', from)}
      {day('to', 'To', to)}
      <About model={model} />
    </search>
  )
}

function Subject({ entry }: { entry: AuditEntry }) {
  const place = subjectPath(entry.subjectId)
  const words = entry.subjectName ?? (
    <span class="mono">{`${entry.subjectId.slice(0, 4)}…${entry.subjectId.slice(-5)}`}</span>
  )
  return <span title={entry.subjectId}>{place ? <a href={place}>{words}</a> : words}</span>
}

function Rows({ entries, model }: { entries: AuditEntry[]; model: AuditModel }) {
  const { me, now } = useConsole()
  const { timeZone, currency } = me.organization
  return (
    <Table caption="Audit trail, newest first" name="audit">
      <TableHead columns={['When', 'Who', 'What', 'About', 'Details']} />
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td class="num muted">
              <time dateTime={entry.at}>{dayAndTime(entry.at, now.value, timeZone)}</time>
            </td>
            <td>{actorLabel(entry)}</td>
            <td class="strong">{entry.label}</td>
            <td>
              <Subject entry={entry} />
              <button
                class="btn sm quiet square"
                type="button"
                title="Only this"
                aria-label={`Only what is about ${entry.subjectName ?? entry.subjectId}`}
                onClick={() => model.change({ subjectId: entry.subjectId })}
              >
                <Icon name="search" />
              </button>
            </td>
            <td class="muted details">{describeDetails(entry, currency)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

const isFiltered = ({ cursor: _, ...filter }: AuditList) => Object.values(filter).some((value) => value !== '')

function NoEntries({ model }: { model: AuditModel }) {
  return isFiltered(model.list.value) ? (
    <EmptyState
      level={2}
      icon="search"
      title="Nothing matches"
      actions={<Button onClick={model.clear}>Show all</Button>}
    >
      No changes match these filters.
    </EmptyState>
  ) : (
    <EmptyState level={2} icon="list" title="Changes appear here">
      Every change by a person or a key is recorded here.
    </EmptyState>
  )
}

function ListBody({ model }: { model: AuditModel }) {
  return (
    <PagedBody
      list={model}
      title="The audit trail"
      failureActions={isFiltered(model.list.value) && <Button onClick={model.clear}>Show all</Button>}
      empty={<NoEntries model={model} />}
    >
      {(items) => <Rows entries={items} model={model} />}
    </PagedBody>
  )
}

const lead = 'A permanent record of every change. Entries can’t be edited or removed. Dates are in your time zone.'

/** The audit trail, filtered by URL. For owners and admins. */
export function AuditPage() {
  return isAdmin(useConsole().me) ? (
    <AuditTrail />
  ) : (
    <SettingsFrame section="audit" lead={lead}>
      {null}
    </SettingsFrame>
  )
}

function AuditTrail() {
  const { client } = useConsole()
  const { route } = useLocation()
  const query = useRouteQuery()
  const model = useMemo(() => createAudit({ client, navigate: route }), [client])
  useEffect(() => {
    void model.members.load()
    void model.keys.load()
    void model.groups.load()
  }, [model])
  useEffect(() => model.show(readAuditList(query)), [model, query])
  return (
    <SettingsFrame
      section="audit"
      lead={lead}
      actions={
        <a class="btn" href={exportUrl(model.list.value)} download>
          <Icon name="download" />
          Export CSV
        </a>
      }
    >
      <section class="card list first" aria-label="Audit trail" aria-busy={model.page.loading.value}>
        <Filters model={model} />
        <ListBody model={model} />
      </section>
    </SettingsFrame>
  )
}
