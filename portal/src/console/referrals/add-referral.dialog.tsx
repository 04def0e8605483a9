import type { Advocate, ReferralDetail } from '@goodword/contracts'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Field, focusFirstError, TextArea, TextField } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { showPhone } from '../core/phone.ts'
import { type AddReferralModel, createAddReferral } from './add-referral.model.ts'

const listId = 'advocate-options'

function Options({
  shown,
  options,
  at,
  onChoose,
}: {
  shown: boolean
  options: Advocate[]
  at: number
  onChoose: (index: number) => void
}) {
  return (
    <div class="options menu" id={listId} role="listbox" aria-label="Advocates" hidden={!shown}>
      {options.map((one, index) => (
        <div
          key={one.id}
          id={`${listId}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(index)
          }}
        >
          <b>{one.name}</b>
          <small>
            {one.campaign.name} · {showPhone(one.phone) ?? one.email ?? one.code}
          </small>
        </div>
      ))}
    </div>
  )
}

function pickerHint(model: AddReferralModel, nothing: boolean): string {
  const chosen = model.advocate.value
  if (chosen) return `${chosen.campaign.name} · code ${chosen.code}`
  if (nothing) return `No advocate matches “${model.search.value}”. Invite them first, under Advocates.`
  return 'Type a name, phone or email.'
}

/** A text field with suggestions below it: arrow keys move, Enter chooses, Esc closes the list only. */
function AdvocatePicker({ model }: { model: AddReferralModel }) {
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const options = model.found.data.value?.items ?? []
  const shown = open && model.advocate.value === null && options.length > 0
  useEffect(() => setAt(0), [options])
  const choose = (index: number) => {
    const one = options[index]
    if (one) model.choose(one)
    setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!shown) return
    if (event.key === 'ArrowDown') setAt((at + 1) % options.length)
    else if (event.key === 'ArrowUp') setAt((at - 1 + options.length) % options.length)
    else if (event.key === 'Enter') choose(at)
    else if (event.key === 'Escape') setOpen(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const nothing = open && model.search.value.trim() !== '' && model.found.data.value?.items.length === 0
  return (
    <div class="picker">
      <Field label="Who referred them" error={model.sending.errors.value.advocateId} hint={pickerHint(model, nothing)}>
        {(control) => (
          <input
            {...control}
            class="input"
            role="combobox"
            aria-expanded={shown}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={shown ? `${listId}-${at}` : undefined}
            autocomplete="off"
            autofocus
            value={model.search.value}
            onInput={(event) => {
              setOpen(true)
              model.typeSearch(event.currentTarget.value)
            }}
            onFocus={() => {
              setOpen(true)
              if (!model.found.data.value) void model.found.load()
            }}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <Options shown={shown} options={options} at={at} onChoose={choose} />
    </div>
  )
}

function FriendFields({ model }: { model: AddReferralModel }) {
  const errors = model.sending.errors.value
  return (
    <>
      <TextField
        label="Friend’s name"
        value={model.name.value}
        error={errors['friend.name']}
        onInput={(text) => {
          model.name.value = text
        }}
      />
      <div class="two">
        <TextField
          label="Phone"
          type="tel"
          value={model.phone.value}
          error={errors['friend.phone']}
          onInput={(text) => {
            model.phone.value = text
          }}
        />
        <TextField
          label="Email"
          type="email"
          value={model.email.value}
          error={errors['friend.email']}
          onInput={(text) => {
            model.email.value = text
          }}
        />
      </div>
      <TextArea
        label="What they need"
        optional
        value={model.note.value}
        error={errors.message}
        onInput={(text) => {
          model.note.value = text
        }}
      />
    </>
  )
}

/** "They said Anna sent them": a referral that did not come through a link. */
export function AddReferralDialog({
  onClose,
  onAdded,
}: {
  onClose: () => void
  onAdded: (referral: ReferralDetail) => void
}) {
  const { client } = useConsole()
  const model = useMemo(() => createAddReferral({ client }), [client])
  const form = useRef<HTMLFormElement>(null)
  const { sending } = model
  const add = async () => {
    const added = await model.add()
    if (added) onAdded(added)
    else if (form.current) focusFirstError(form.current)
  }
  return (
    <Dialog
      title="Add a referral"
      description="For a friend who came without the link. They are not written to."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="add-referral" look="primary" busy={sending.busy.value}>
            {sending.busy.value ? 'Adding…' : 'Add referral'}
          </Button>
        </>
      }
    >
      <form
        id="add-referral"
        class="form"
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        {sending.failure.value && <Notice tone="bad">{sending.failure.value.sentence}</Notice>}
        <AdvocatePicker model={model} />
        <FriendFields model={model} />
      </form>
    </Dialog>
  )
}
