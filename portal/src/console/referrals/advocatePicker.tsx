import type { Advocate } from '@goodword/contracts'
import { useEffect, useId, useState } from 'preact/hooks'
import { showPhone } from '../../shared/phone.ts'
import { Field } from '../../shared/ui/field.tsx'
import type { AdvocateSearch } from './advocateSearch.ts'
import './advocatePicker.css'

function Options({
  id,
  shown,
  options,
  at,
  onChoose,
}: {
  id: string
  shown: boolean
  options: Advocate[]
  at: number
  onChoose: (index: number) => void
}) {
  return (
    <div class="options menu" id={id} role="listbox" aria-label="Advocates" hidden={!shown}>
      {options.map((one, index) => (
        <div
          key={one.id}
          id={`${id}-${index}`}
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

function optionHint({ chosen, text, found }: AdvocateSearch, open: boolean, nothingHint: string): string {
  if (chosen.value) return `${chosen.value.campaign.name} · code ${chosen.value.code}`
  const nothing = open && text.value.trim() !== '' && found.data.value?.items.length === 0
  return nothing ? `No advocate matches “${text.value}”. ${nothingHint}` : 'Type a name, phone or email.'
}

/** A combobox: suggestions open with typing, a click or arrow down; Enter chooses, Esc closes only the list. */
export function AdvocatePicker({
  search,
  label,
  error,
  optional = false,
  autofocus = false,
  nothingHint = 'Invite them first, under Advocates.',
}: {
  search: AdvocateSearch
  label: string
  error?: string | undefined
  optional?: boolean
  autofocus?: boolean
  /** What to do when there are no matches. */
  nothingHint?: string
}) {
  const listId = useId()
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const options = search.found.data.value?.items ?? []
  const shown = open && search.chosen.value === null && options.length > 0
  useEffect(() => setAt(0), [options])
  const choose = (index: number) => {
    const one = options[index]
    if (one) search.choose(one)
    setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!shown) {
      if (event.key === 'ArrowDown') setOpen(true)
      return
    }
    if (event.key === 'ArrowDown') setAt((at + 1) % options.length)
    else if (event.key === 'ArrowUp') setAt((at - 1 + options.length) % options.length)
    else if (event.key === 'Enter') choose(at)
    else if (event.key === 'Escape') setOpen(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="picker">
      <Field label={label} optional={optional} error={error} hint={optionHint(search, open, nothingHint)}>
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
            autofocus={autofocus}
            value={search.text.value}
            onInput={(event) => {
              setOpen(true)
              search.type(event.currentTarget.value)
            }}
            onFocus={() => {
              setOpen(search.text.value !== '')
              if (!search.found.data.value) void search.found.load()
            }}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <Options id={listId} shown={shown} options={options} at={at} onChoose={choose} />
    </div>
  )
}
