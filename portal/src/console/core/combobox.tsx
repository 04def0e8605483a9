import { useEffect, useId, useState } from 'preact/hooks'
import { Field } from '../../shared/ui/field.tsx'
import './combobox.css'

/** What stands in the list: its name, and what tells it from another of that name. */
export type ComboOption = { key: string; name: string; detail: string }

/**
 * A text field with suggestions: they open with typing, a click or arrow down; Enter chooses, Esc closes only the list.
 */
export function Combobox({
  label,
  listLabel,
  hint,
  error,
  optional = false,
  autofocus = false,
  text,
  isChosen,
  isPending,
  options,
  onType,
  onChoose,
  onOpen,
}: {
  label: string
  /** What is in the list: "Advocates". */
  listLabel: string
  hint: (open: boolean) => string
  error?: string | undefined
  optional?: boolean
  autofocus?: boolean
  text: string
  /** Whether the text is that of something chosen. */
  isChosen: boolean
  /** Whether the options are still those of an earlier text: none of them may be chosen. */
  isPending: boolean
  options: readonly ComboOption[]
  onType: (text: string) => void
  onChoose: (index: number) => void
  /** Called when the suggestions are first needed. */
  onOpen: () => void
}) {
  const listId = useId()
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const keys = options.map(({ key }) => key).join()
  const shown = open && !isChosen && !isPending && options.length > 0
  useEffect(() => setAt(0), [keys])
  const choose = (index: number) => {
    if (options[index]) onChoose(index)
    setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!shown) {
      if (event.key === 'ArrowDown') setOpen(true)
      if (event.key === 'Enter' && isPending) event.preventDefault()
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
      <Field label={label} optional={optional} error={error} hint={hint(open)}>
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
            value={text}
            onInput={(event) => {
              setOpen(true)
              onType(event.currentTarget.value)
            }}
            onFocus={() => {
              setOpen(text !== '')
              onOpen()
            }}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <div class="options menu" id={listId} role="listbox" aria-label={listLabel} hidden={!shown}>
        {options.map(({ key, name, detail }, index) => (
          <div
            key={key}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onPointerDown={(event) => {
              event.preventDefault()
              choose(index)
            }}
          >
            <b>{name}</b>
            <small>{detail}</small>
          </div>
        ))}
      </div>
    </div>
  )
}
