import type { AdvocateDetail, ContactDetail } from '@goodword/contracts'
import { firstName } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { AddressesCard } from '../contact/addresses.card.tsx'
import { DetailsCard } from '../contact/cards.tsx'
import { type ContactModel, createContact } from '../contact/contact.model.ts'
import { MergeDialog } from '../contact/merge.dialog.tsx'
import { NotLoaded } from '../contact/notLoaded.tsx'
import { ProfileDialog } from '../contact/profile.dialog.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { dayAndTime } from '../core/relativeDates.ts'
import { LedgerCard } from '../credit/ledgerCard.tsx'
import { AsksCard } from '../jobs/asks.card.tsx'
import { type AdvocateModel, createAdvocate } from './advocate.model.ts'
import { LinkCard, ReferralsCard, TermsCard } from './cards.tsx'
import { CodeDialog } from './code.dialog.tsx'
import { ExceptionsDialog } from './exceptions.dialog.tsx'
import '../contact/contact.css'
import './advocate.css'

const crumb = { href: '/console/advocates', label: 'Advocates' }

type OpenDialog = { kind: 'code' } | { kind: 'terms' } | { kind: 'profile' } | { kind: 'merge'; otherId: string }

function Actions({ advocate, model }: { advocate: AdvocateDetail; model: AdvocateModel }) {
  const { toasts, summary } = useConsole()
  const { route } = useLocation()
  const first = firstName(advocate.name)
  const showResult = (done: boolean, text: string) => {
    if (!done) return
    toasts.show({ icon: 'check', text })
    void summary.load()
  }
  const items: MenuItem[] = [
    { label: 'Open the contact', icon: 'user', run: () => route(`/console/contacts/${advocate.contactId}`) },
    ...(advocate.archivedAt === null
      ? [
          {
            label: 'Deactivate link',
            icon: 'minus' as const,
            run: () =>
              void model
                .archive()
                .then((done) => showResult(done, `${first}’s link is inactive. Their credit can still be used.`)),
          },
        ]
      : []),
  ]
  return (
    <>
      {advocate.archivedAt === null ? (
        <Button
          icon="send"
          busy={model.busy.value === 'resend'}
          onClick={() => void model.resend().then((done) => showResult(done, `${first} gets a new portal link.`))}
        >
          Send portal link
        </Button>
      ) : (
        <Button
          icon="undo"
          busy={model.busy.value === 'restore'}
          onClick={() => void model.restore().then((done) => showResult(done, `${first}’s link is active again.`))}
        >
          Activate link
        </Button>
      )}
      <Menu label="More actions" buttonClass="btn quiet square" items={items}>
        <Icon name="ellipsis" />
      </Menu>
    </>
  )
}

function ProfileCard({ person, open }: { person: ContactModel; open: (next: OpenDialog) => void }) {
  const contact = person.contact.data.value
  if (!contact) return <Skeleton rows={4} label="Loading the contact" />
  return (
    <>
      <AddressesCard contact={contact} model={person} onMerge={(otherId) => open({ kind: 'merge', otherId })} />
      <DetailsCard contact={contact} onEdit={() => open({ kind: 'profile' })} />
    </>
  )
}

function Dialogs({
  open,
  close,
  advocate,
  contact,
  onAdvocate,
  onContact,
}: {
  open: OpenDialog | null
  close: () => void
  advocate: AdvocateDetail
  contact: ContactDetail | null
  onAdvocate: (saved: AdvocateDetail) => void
  onContact: (saved: ContactDetail) => void
}) {
  const { route } = useLocation()
  if (open?.kind === 'code') return <CodeDialog advocate={advocate} onClose={close} onSaved={onAdvocate} />
  if (open?.kind === 'terms') return <ExceptionsDialog advocate={advocate} onClose={close} onSaved={onAdvocate} />
  if (open?.kind === 'profile' && contact)
    return <ProfileDialog contact={contact} onClose={close} onSaved={onContact} />
  if (open?.kind === 'merge' && contact) {
    return (
      <MergeDialog
        contact={contact}
        otherId={open.otherId}
        onClose={close}
        onMerged={(merged) => route(`/console/contacts/${merged.id}`)}
      />
    )
  }
  return null
}

function Asks({ advocate, model }: { advocate: AdvocateDetail; model: AdvocateModel }) {
  const { toasts, now, me } = useConsole()
  const ask = async () => {
    const asked = await model.ask()
    if (!asked) return
    const at = asked.sendAt
    const isLater = at !== null && Date.parse(at) > Date.now()
    const when = isLater ? `is asked ${dayAndTime(at, now.value, me.organization.timeZone)}` : 'is asked now'
    toasts.show({ icon: 'check', text: `${firstName(advocate.name)} ${when}.` })
  }
  return (
    <AsksCard
      asks={advocate.asks}
      action={
        advocate.archivedAt === null && (
          <Button size="sm" icon="send" busy={model.busy.value === 'ask'} onClick={() => void ask()}>
            {advocate.asks.length > 0 ? 'Ask again' : 'Ask'}
          </Button>
        )
      }
    />
  )
}

/** One advocate in one campaign: link, terms, referrals, credit and profile. */
export function AdvocatePage() {
  const { client, now, me, toasts } = useConsole()
  const { params } = useRoute()
  const id = params.id ?? ''
  const model = useMemo(() => createAdvocate({ client, id }), [client, id])
  const open = useSignal<OpenDialog | null>(null)
  useEffect(() => {
    open.value = null
    model.load()
  }, [model])
  const advocate = model.advocate.data.value
  const contactId = advocate?.contactId
  const person = useMemo(() => (contactId ? createContact({ client, id: contactId }) : null), [client, contactId])
  useEffect(() => void person?.contact.load(), [person])
  if (!advocate || !person) {
    return (
      <Page title="Advocate" crumb={crumb}>
        <NotLoaded resource={model.advocate} what="advocate" list={crumb} />
      </Page>
    )
  }
  const show = (next: OpenDialog) => {
    open.value = next
  }
  const close = () => {
    open.value = null
  }
  return (
    <Page
      title={advocate.name}
      crumb={crumb}
      beside={<span class="tag">{advocate.campaign.name}</span>}
      actions={<Actions advocate={advocate} model={model} />}
    >
      <div class="person">
        <div class="notices">
          {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
          {advocate.archivedAt && (
            <Notice tone="info">
              Inactive {dayAndTime(advocate.archivedAt, now.value, me.organization.timeZone)}. The link no longer works;
              credit can still be used.
            </Notice>
          )}
        </div>
        <div class="cols">
          <div class="col">
            <LinkCard advocate={advocate} onChange={() => show({ kind: 'code' })} />
            <ReferralsCard advocate={advocate} model={model} />
            {me.organization.features.includes('jobs') && <Asks advocate={advocate} model={model} />}
            <LedgerCard contactId={advocate.contactId} currency={advocate.currency} />
          </div>
          <div class="col">
            <ProfileCard person={person} open={show} />
            <TermsCard advocate={advocate} onEdit={() => show({ kind: 'terms' })} />
          </div>
        </div>
      </div>
      <Dialogs
        open={open.value}
        close={close}
        advocate={advocate}
        contact={person.contact.data.value}
        onAdvocate={(saved) => {
          model.setAdvocate(saved)
          close()
          toasts.show({ icon: 'check', text: 'Saved.' })
        }}
        onContact={(saved) => {
          person.put(saved)
          model.setAdvocate({ ...advocate, name: saved.name })
          close()
        }}
      />
    </Page>
  )
}
