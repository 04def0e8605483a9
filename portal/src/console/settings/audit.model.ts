import type { Client } from '@goodword/client'
import { type ApiKey, type AuditEntry, type AuditGroup, Currency, idEnding, type Member } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { createPagedList, pathWithQuery } from '../core/pagedList.ts'
import { createResource } from '../core/resource.ts'
import { pageParams } from '../core/turning.ts'

export const pageSize = 50

/** The filters, as in the URL. */
export type AuditList = {
  actor: string
  group: string
  subjectId: string
  from: string
  to: string
  cursor: string | null
}

const names = { actor: 'actor', group: 'group', subjectId: 'about', from: 'from', to: 'to', cursor: 'cursor' } as const
const fields = Object.keys(names) as (keyof AuditList)[]

export const readAuditList = (query: Readonly<Record<string, string>>): AuditList => ({
  actor: query.actor ?? '',
  group: query.group ?? '',
  subjectId: query.about ?? '',
  from: query.from ?? '',
  to: query.to ?? '',
  cursor: query.cursor ?? null,
})

export const writeAuditList = (list: AuditList): string =>
  pathWithQuery('/console/settings/audit', Object.fromEntries(fields.map((field) => [names[field], list[field]])))

const filterParams = ({ cursor: _, ...filter }: AuditList) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))

/** The URL of the CSV export, with all pages. */
export const exportUrl = (list: AuditList): string => {
  const text = new URLSearchParams(filterParams(list)).toString()
  return `/v1/audit/export${text ? `?${text}` : ''}`
}

const noFilter: AuditList = { actor: '', group: '', subjectId: '', from: '', to: '', cursor: null }

/** The audit trail, newest first. */
export function createAudit({
  client,
  navigate,
}: {
  client: Client
  navigate: (url: string, replace?: boolean) => void
}) {
  const { query: list, ...paged } = createPagedList<AuditList, AuditEntry>({
    initial: noFilter,
    write: writeAuditList,
    fetchPage: ({ cursor, ...filter }, abort) =>
      client.audit.list(
        { query: { limit: pageSize, ...filterParams({ cursor, ...filter }), ...pageParams(cursor) } },
        { signal: abort },
      ),
    navigate,
  })
  const { change } = paged
  const members = createResource((abort) => client.members.list(undefined, { signal: abort }))
  const keys = createResource((abort) => client.keys.list(undefined, { signal: abort }))
  const groups = createResource((abort) => client.audit.groups(undefined, { signal: abort }))

  return {
    ...paged,
    list,
    members,
    keys,
    groups,
    /** While a year is being typed, the date is far in the past; wait until it is complete. */
    changeDay(name: 'from' | 'to', day: string) {
      if (day === '' || day >= '2000') change({ [name]: day }, true)
    },
    clear: () => change(noFilter),
  }
}

export type AuditModel = ReturnType<typeof createAudit>

/** The members to filter by, including one from the URL who was removed. */
export function actorOptions(members: readonly Member[], keys: readonly ApiKey[], chosen: string) {
  const choices = [
    { value: '', label: 'Anyone' },
    ...members.map(({ id, name }) => ({ value: `member:${id}`, label: name })),
    ...keys
      .filter(({ kind }) => kind === 'secret')
      .map(({ id, name }) => ({ value: `key:${id}`, label: `${name} (key)` })),
    { value: 'contact', label: 'Advocates' },
    { value: 'friend', label: 'Friends' },
    { value: 'system', label: 'Goodword' },
  ]
  return choices.some(({ value }) => value === chosen) ? choices : [...choices, { value: chosen, label: chosen }]
}

/** The kinds of entries to filter by, including one from the URL that there is none of any more. */
export function groupOptions(groups: readonly AuditGroup[], chosen: string) {
  const choices = [{ value: '', label: 'Anything' }, ...groups.map(({ group, label }) => ({ value: group, label }))]
  return choices.some(({ value }) => value === chosen) ? choices : [...choices, { value: chosen, label: chosen }]
}

const kinds: Record<string, string> = { contact: 'An advocate', friend: 'A friend', system: 'Goodword' }

export const actorLabel = ({ actor, actorName }: AuditEntry): string =>
  actorName ?? kinds[actor.split(':')[0] ?? ''] ?? actor

const subjectPaths: Record<string, string> = {
  ref: '/console/referrals/',
  cam: '/console/campaigns/',
  adv: '/console/advocates/',
  con: '/console/contacts/',
}

/** The page of the subject, if it has one. */
export function subjectPath(subjectId: string): string | null {
  const place = subjectPaths[subjectId.slice(0, 3)]
  return place ? place + subjectId : null
}

const anyId = new RegExp(`^[a-z]{3}${idEnding}$`)
const isId = (value: unknown) => typeof value === 'string' && anyId.test(value)

/** "from staff · to admin". IDs are only in the export; amounts are in their currency, or the organization's. */
export function describeDetails({ data }: AuditEntry, currency: Currency): string {
  const words = (name: string) => name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  const known = Currency.safeParse(data.currency)
  const shown = (name: string, value: string | number | boolean) => {
    if (typeof value === 'number' && /(amount|value)$/i.test(name))
      return formatMoney(value, known.success ? known.data : currency)
    if (typeof value === 'boolean') return value ? 'yes' : 'no'
    return String(value).replaceAll('_', ' ')
  }
  return Object.entries(data)
    .flatMap(([name, value]) =>
      value === null || value === '' || name === 'currency' || isId(value)
        ? []
        : [`${words(name)} ${shown(name, value)}`],
    )
    .join(' · ')
}
