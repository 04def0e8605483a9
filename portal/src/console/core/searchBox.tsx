import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import { isTyping } from './isTyping.ts'

/**
 * Search field of a list. "/" anywhere on the page focuses it. Enter searches at once and returns to the list's
 * keyboard shortcuts; so does Esc once the field is empty (the browser clears it first).
 */
export function SearchBox({
  label,
  placeholder,
  value,
  onInput,
  onDone,
}: {
  label: string
  placeholder: string
  value: string
  onInput: (value: string) => void
  onDone: () => void
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
  const leave = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    const done = event.key === 'Enter' || (event.key === 'Escape' && event.currentTarget.value === '')
    if (!done || event.isComposing) return
    onDone()
    event.currentTarget.blur()
  }
  return (
    <div class="searchbox">
      <Icon name="search" />
      <input
        ref={input}
        class="input"
        type="search"
        maxLength={100}
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
