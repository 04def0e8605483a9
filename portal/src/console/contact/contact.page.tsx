import type { ContactAddress, ContactDetail } from '@goodword/contracts'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { showPhone } from '../../shared/phone.ts'
import { Button } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { useConsole } from '../core/console.ts'
import { isAdmin } from '../core/isAdmin.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { LedgerCard } from '../credit/ledgerCard.tsx'
import { AsksCard } from '../jobs/asks.card.tsx'
import { AddReferralDialog } from '../referrals/addReferral.dialog.tsx'
import { AddressesCard } from './addresses.card.tsx'
import { AuditCard, DetailsCard, Duplicates, EnrollmentsCard, MessagesCard, ReferralsCard } from './cards.tsx'
import { type ContactModel, createContact } from './contact.model.ts'
import { EraseDialog } from './erase.dialog.tsx'
import { JobsCard } from './jobs.card.tsx'
import { MergeDialog } from './merge.dialog.tsx'
import { NotLoaded } from './notLoaded.tsx'
import { ProfileDialog } from './profile.dialog.tsx'
import './contact.css'

const crumb = { href: '/console/contacts', label: 'Contacts' }

type OpenDialog = { kind: 'edit' } | { kind: 'erase' } | { kind: 'refer' } | { kind: 'merge'; otherId: string | null }

function Summary({ contact }: { contact: ContactDetail }) {
  if (contact.mergedInto) {
    return (
      <Notice tone="info">
        This contact was merged into{' '}
        <a href={`/console/contacts/${contact.mergedInto.id}`}>{contact.mergedInto.name}</a>. Everything was moved
        there.
      </Notice>
    )
  }
  if (contact.erasedAt) {
    return <Notice tone="info">This person’s data was erased. Only the amounts on the books remain.</Notice>
  }
  return null
}

/** In one column, the call and email buttons move to the top. */
function ContactButtons({ addresses }: { addresses: ContactAddress[] }) {
  const phone = addresses.find(({ kind }) => kind === 'phone')
  const email = addresses.find(({ kind }) => kind === 'email')
  if (!phone && !email) return null
  return (
    <p class="reach">
      {phone && (
        <a class="btn" href={`tel:${phone.value}`}>
          <Icon name="phone" />
          {showPhone(phone.value)}
        </a>
      )}
      {email && (
        <a class="btn" href={`mailto:${email.value}`}>
          <Icon name="mail" />
          <span>{email.value}</span>
        </a>
      )}
    </p>
  )
}

function Body({
  contact,
  model,
  open,
}: {
  contact: ContactDetail
  model: ContactModel
  open: (next: OpenDialog) => void
}) {
  const merge = (otherId: string) => open({ kind: 'merge', otherId })
  const hasJobs = useConsole().me.organization.features.includes('jobs')
  const gone = contact.mergedInto !== null || contact.erasedAt !== null
  return (
    <div class="person">
      <ContactButtons addresses={contact.addresses} />
      <div class="notices">
        <Summary contact={contact} />
        <Duplicates contact={contact} model={model} onMerge={merge} />
      </div>
      <div class="cols">
        <div class="col">
          <EnrollmentsCard contact={contact} />
          <ReferralsCard
            title="Referred by"
            empty="Nobody"
            referrals={contact.asFriend}
            action={
              !gone &&
              contact.addresses.length > 0 && (
                <Button size="sm" icon="user-plus" onClick={() => open({ kind: 'refer' })}>
                  Add referral
                </Button>
              )
            }
          />
          {hasJobs && <JobsCard contact={contact} onChanged={() => void model.contact.load()} />}
          {hasJobs && <AsksCard asks={contact.asks} {...(!gone && { unreachable: contact.unreachable })} />}
          <ReferralsCard title="Their referrals" empty="No referrals yet." referrals={contact.asAdvocate} />
          <LedgerCard contactId={contact.id} balances={contact.balances} />
          <AuditCard contact={contact} />
        </div>
        <div class="col">
          <AddressesCard contact={contact} model={model} onMerge={merge} />
          <DetailsCard contact={contact} onEdit={gone ? null : () => open({ kind: 'edit' })} />
          <MessagesCard contact={contact} />
        </div>
      </div>
    </div>
  )
}

function friendOf({ name, addresses }: ContactDetail) {
  const first = (kind: 'email' | 'phone') => addresses.find((address) => address.kind === kind)?.value ?? ''
  return { name, email: first('email'), phone: showPhone(first('phone')) }
}

/** One contact and everything they did. */
export function ContactPage() {
  const { client, me, toasts } = useConsole()
  const { params } = useRoute()
  const { route } = useLocation()
  const id = params.id ?? ''
  const model = useMemo(() => createContact({ client, id }), [client, id])
  const open = useSignal<OpenDialog | null>(null)
  useEffect(() => {
    open.value = null
    void model.contact.load()
  }, [model])
  const contact = model.contact.data.value
  const close = () => {
    open.value = null
  }
  if (!contact) {
    return (
      <Page title="Contact" crumb={crumb}>
        <NotLoaded resource={model.contact} what="contact" list={crumb} />
      </Page>
    )
  }
  const show = (next: OpenDialog) => {
    open.value = next
  }
  const gone = contact.mergedInto !== null || contact.erasedAt !== null
  const { value } = open
  return (
    <Page
      title={contact.name}
      crumb={crumb}
      actions={
        !gone && (
          <Menu
            label="More actions"
            buttonClass="btn quiet square"
            items={[
              {
                label: 'Merge with another contact…',
                icon: 'users',
                run: () => show({ kind: 'merge', otherId: null }),
              },
              ...(isAdmin(me)
                ? [
                    {
                      label: 'Erase their data…',
                      icon: 'trash' as const,
                      danger: true,
                      run: () => show({ kind: 'erase' }),
                    },
                  ]
                : []),
            ]}
          >
            <Icon name="ellipsis" />
          </Menu>
        )
      }
    >
      <Body contact={contact} model={model} open={show} />
      {value?.kind === 'edit' && (
        <ProfileDialog
          contact={contact}
          onClose={close}
          onSaved={(saved) => {
            model.put(saved)
            close()
          }}
        />
      )}
      {value?.kind === 'refer' && (
        <AddReferralDialog
          friend={friendOf(contact)}
          onClose={close}
          onAdded={() => {
            close()
            void model.contact.load()
            toasts.show({ icon: 'check', text: 'The referral was added.' })
          }}
        />
      )}
      {value?.kind === 'erase' && (
        <EraseDialog
          contact={contact}
          onClose={close}
          onErased={(erased) => {
            model.put(erased)
            close()
            toasts.show({ icon: 'check', text: 'Their data was erased.' })
          }}
        />
      )}
      {value?.kind === 'merge' && (
        <MergeDialog
          contact={contact}
          otherId={value.otherId}
          onClose={close}
          onMerged={(merged) => {
            close()
            toasts.show({ icon: 'check', text: `The contacts were merged: ${merged.name}.` })
            if (merged.id === contact.id) model.put(merged)
            else route(`/console/contacts/${merged.id}`, true)
          }}
        />
      )}
    </Page>
  )
}
