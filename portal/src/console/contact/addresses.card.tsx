import type { ContactAddress, ContactDetail } from '@goodword/contracts'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { showPhone } from '../../shared/phone.ts'
import { Button } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/field.tsx'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { shortDay } from '../core/relativeDates.ts'
import { consentSources, verificationLabels } from './contact.labels.ts'
import { type ContactModel, createAddress } from './contact.model.ts'

const verificationIcons: Record<ContactAddress['proof'], IconName> = {
  stranger: 'alert',
  staff: 'check',
  owner: 'shield-check',
}

type Consent = ContactDetail['textConsents'][number]

/** "Agreed to texts in the form, Nov 30: “You may text me.”" */
function ConsentLine({ consent: { source, at, wording } }: { consent: Consent }) {
  const { now, me } = useConsole()
  const day = shortDay(Date.parse(at), now.value, me.organization.timeZone)
  return (
    <small>
      Agreed to texts {consentSources[source]}, {day}: “{wording}”
    </small>
  )
}

function Address({
  address,
  consents,
  model,
  alone,
}: {
  address: ContactAddress
  consents: readonly Consent[]
  model: ContactModel
  alone: boolean
}) {
  const { kind, value, proof, id } = address
  const shown = kind === 'phone' ? (showPhone(value) ?? value) : value
  const items: MenuItem[] = []
  if (proof === 'stranger') items.push({ label: 'Confirm', icon: 'check', run: () => void model.confirm(id) })
  if (!alone) items.push({ label: 'Remove', icon: 'trash', danger: true, run: () => void model.remove(id) })
  return (
    <li aria-busy={model.busy.value === id}>
      <Icon name={kind === 'phone' ? 'phone' : 'mail'} />
      <span>
        <a href={kind === 'phone' ? `tel:${value}` : `mailto:${value}`}>{shown}</a>
        <small class={proof === 'stranger' ? 'late' : undefined}>
          <Icon name={verificationIcons[proof]} small /> {verificationLabels[proof]}
        </small>
        {consents.map((consent) => (
          <ConsentLine key={consent.source} consent={consent} />
        ))}
      </span>
      {items.length > 0 && (
        <Menu label={`Actions for ${shown}`} items={items} buttonClass="btn sm quiet square">
          <Icon name="ellipsis" />
        </Menu>
      )}
    </li>
  )
}

function AddAddress({
  contact,
  onAdded,
  onClose,
  onMerge,
}: {
  contact: ContactDetail
  onAdded: (next: ContactDetail) => void
  onClose: () => void
  onMerge: (otherId: string) => void
}) {
  const { client } = useConsole()
  const model = useMemo(() => createAddress({ client, id: contact.id }), [client, contact.id])
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const failure = model.sending.failure.value
  const taken = failure?.code === 'address_taken' ? failure.existingId : null
  const add = async () => {
    const next = await model.add()
    if (next) onAdded(next)
  }
  return (
    <form
      class="adding"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      {failure && Object.keys(failure.fields).length === 0 && <Notice tone="bad">{failure.sentence}</Notice>}
      <TextField
        label="Email or phone"
        value={model.value.value}
        error={model.sending.errors.value.value}
        hint={contact.addresses.some(({ proof }) => proof === 'stranger') && 'Unconfirmed ones are removed.'}
        onInput={(text) => {
          model.value.value = text
        }}
      />
      {taken && (
        <p class="row">
          <a href={`/console/contacts/${taken}`}>Show the other contact</a>
          <Button size="sm" icon="users" onClick={() => onMerge(taken)}>
            Merge
          </Button>
        </p>
      )}
      <p class="row">
        <Button size="sm" type="submit" look="primary" busy={model.sending.busy.value}>
          Add
        </Button>
        <Button size="sm" onClick={onClose}>
          Cancel
        </Button>
      </p>
    </form>
  )
}

/** Emails and phone numbers, and who verified each. */
export function AddressesCard({
  contact,
  model,
  onMerge,
}: {
  contact: ContactDetail
  model: ContactModel
  onMerge: (otherId: string) => void
}) {
  const adding = useSignal(false)
  const card = useRef<HTMLElement>(null)
  const closeAdding = () => {
    adding.value = false
    setTimeout(() => card.current?.querySelector<HTMLElement>('header button')?.focus())
  }
  const { addresses } = contact
  const problem = model.problem.value
  return (
    <section class="card" ref={card} aria-labelledby="addresses-head">
      <header>
        <h2 id="addresses-head">Addresses</h2>
        {!adding.value && contact.mergedInto === null && contact.erasedAt === null && (
          <Button
            size="sm"
            icon="plus"
            onClick={() => {
              adding.value = true
            }}
          >
            Add
          </Button>
        )}
      </header>
      {problem && <Notice tone="bad">{problem}</Notice>}
      {addresses.length > 0 ? (
        <ul class="lines">
          {addresses.map((address) => (
            <Address
              key={address.id}
              address={address}
              consents={contact.textConsents.filter(({ addressId }) => addressId === address.id)}
              model={model}
              alone={addresses.length === 1}
            />
          ))}
        </ul>
      ) : (
        <p class="body muted">{contact.erasedAt === null ? 'No contact details yet.' : 'Erased.'}</p>
      )}
      {adding.value && (
        <AddAddress
          contact={contact}
          onMerge={onMerge}
          onClose={closeAdding}
          onAdded={(next) => {
            model.put(next)
            closeAdding()
          }}
        />
      )}
    </section>
  )
}
