import { type ContactRow, contactFilters } from '@goodword/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { showPhone } from '../../shared/phone.ts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Dash, SortHead, Table, TableHead } from '../../shared/ui/table.tsx'
import { useConsole } from '../core/console.ts'
import { Page } from '../core/page.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { formatAgo, pluralize, shortDay } from '../core/relativeDates.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import { SearchBox } from '../core/searchBox.tsx'
import { type ContactsModel, createContacts, filterLabels, readContactList } from './contacts.model.ts'
import './contacts.css'

const rolesOf = ({ enrollments, referred }: ContactRow) =>
  [enrollments > 0 && 'Advocate', referred > 0 && 'Friend'].filter(Boolean).join(', ')

function Row({ contact }: { contact: ContactRow }) {
  const { now, me } = useConsole()
  const { timeZone } = me.organization
  return (
    <tr>
      <td>
        <span class="who">
          <Avatar name={contact.name} />
          <span>
            <a class="name" href={`/console/contacts/${contact.id}`}>
              {contact.name}
            </a>
            {contact.duplicates > 0 && (
              <span class="tag">
                <Icon name="users" small />
                {pluralize(contact.duplicates, 'possible duplicate')}
              </span>
            )}
          </span>
        </span>
      </td>
      <td class="email">{contact.email ?? <Dash label="no email" />}</td>
      <td class="phone">{showPhone(contact.phone) ?? <Dash label="no phone" />}</td>
      <td class="roles">{rolesOf(contact) || <Dash label="neither advocate nor friend" />}</td>
      <td class="since">
        {contact.customerSince ? (
          shortDay(Date.parse(contact.customerSince), now.value, timeZone)
        ) : (
          <Dash label="not a customer yet" />
        )}
      </td>
      <td class="r muted added">{formatAgo(contact.createdAt, now.value, timeZone)}</td>
    </tr>
  )
}

function ContactTable({ model }: { model: ContactsModel }) {
  const { sort } = model.list.value
  return (
    <Table caption={sort === 'name' ? 'Contacts by name' : 'Contacts, newest first'} name="contacts">
      <TableHead
        columns={[
          <SortHead
            key="name"
            sort={sort === 'name' ? 'ascending' : 'none'}
            onSort={() => model.change({ sort: sort === 'name' ? 'newest' : 'name' })}
          >
            Name
          </SortHead>,
          'Email',
          'Phone',
          'In the program',
          'Customer since',
          <SortHead
            key="newest"
            end
            sort={sort === 'newest' ? 'descending' : 'none'}
            onSort={() => model.change({ sort: 'newest' })}
          >
            Added
          </SortHead>,
        ]}
      />
      <tbody>
        {model.rows.value.map((contact) => (
          <Row key={contact.id} contact={contact} />
        ))}
      </tbody>
    </Table>
  )
}

function NoContacts({ model }: { model: ContactsModel }) {
  const { q, filter } = model.list.value
  if (q || filter) {
    const title = q ? `Nothing matches “${q}”` : filter === 'duplicates' ? 'No possible duplicates' : 'No contacts'
    return (
      <EmptyState
        level={2}
        icon="search"
        title={title}
        actions={<Button onClick={() => model.change({ q: '', filter: null })}>Show all contacts</Button>}
      >
        {q ? 'Searched names, phones and emails.' : 'No contacts match this filter.'}
      </EmptyState>
    )
  }
  return (
    <EmptyState level={2} icon="users" title="No contacts yet">
      Everyone who refers or is referred shows up here once.
    </EmptyState>
  )
}

function ListBody({ model }: { model: ContactsModel }) {
  return (
    <PagedBody list={model} title="Contacts" empty={<NoContacts model={model} />}>
      {() => <ContactTable model={model} />}
    </PagedBody>
  )
}

/** All contacts of the organization. */
export function ContactsPage() {
  const { client } = useConsole()
  const { route } = useLocation()
  const model = useMemo(() => createContacts({ client, navigate: route }), [client])
  const query = useRouteQuery(model.cancelSearch)
  useEffect(() => model.show(readContactList(query)), [model, query])
  const { filter, sort } = model.list.value
  const chosen = filter ? filterLabels[filter] : 'All'
  return (
    <Page title="Contacts">
      <section class="card list first" aria-label="Contacts list" aria-busy={model.page.loading.value}>
        <div class="tools">
          <SearchBox
            label="Search contacts"
            placeholder="Name, phone, email"
            value={model.search.value}
            onInput={model.typeSearch}
            onDone={model.searchNow}
          />
          <Menu
            label={`Show: ${chosen}`}
            buttonClass="btn"
            items={[
              { label: 'All', checked: filter === null, run: () => model.change({ filter: null }) },
              ...contactFilters.map((one) => ({
                label: filterLabels[one],
                checked: one === filter,
                run: () => model.change({ filter: one }),
              })),
            ]}
          >
            Show: <b>{chosen}</b>
            <Icon name="chevron-down" />
          </Menu>
          <span class="narrow-only">
            <Button onClick={() => model.change({ sort: sort === 'newest' ? 'name' : 'newest' })}>
              Sort: <b>{sort === 'newest' ? 'Newest' : 'Name'}</b>
            </Button>
          </span>
        </div>
        <ListBody model={model} />
      </section>
    </Page>
  )
}
