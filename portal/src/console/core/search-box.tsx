import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import { isTyping } from './keys.ts'

/** Esc empties the field, as browsers do, and on an empty one leads back to the keys of the list; so does Enter. */
function leave(event: KeyboardEvent & { currentTarget: HTMLInputElement }) {
  const done = event.key === 'Enter' || (event.key === 'Escape' && event.currentTarget.value === '')
  if (done && !event.isComposing) event.currentTarget.blur()
}

/** Search of a list. "/" from anywhere on the page leads here. */
export function SearchBox({
  label,
  placeholder,
  value,
  onInput,
}: {
  label: string
  placeholder: string
  value: string
  onInput: (value: string) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event)) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return (
    <div class="searchbox">
      <Icon name="search" />
      <input
        ref={input}
        class="input"
        type="search"
        placeholder={placeholder}
        aria-label={label}
        aria-keyshortcuts="/"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={leave}
      />
      {value === '' && <kbd>/</kbd>}
    </div>
  )
}
