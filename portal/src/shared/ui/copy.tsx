import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from './icon.tsx'

/** Without a secure origin there is no clipboard API; `execCommand` still works on a click. */
async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    if (done) return true
  }
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  const opener = document.activeElement
  ;(document.querySelector('dialog[open]') ?? document.body).append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (opener instanceof HTMLElement) opener.focus()
  return done
}

const english = { idle: 'Copy', copied: 'Copied', failed: 'Select and copy' }

/**
 * Copies `text` and shows "Copied" for two seconds. `what` completes the accessible name: "Copy the link of Anna
 * Kowalski".
 */
export function CopyButton({
  text,
  what = '',
  words = english,
  label = `${words.idle} ${what}`,
  look = 'quiet',
  iconOnly = false,
  disabled = false,
}: {
  text: string
  what?: string
  words?: typeof english
  /** The whole name, instead of `what`. */
  label?: string
  look?: 'quiet' | 'primary'
  iconOnly?: boolean
  disabled?: boolean
}) {
  const [state, setState] = useState<keyof typeof english>('idle')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async () => {
    const done = await copyText(text)
    setState(done ? 'copied' : 'failed')
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setState('idle'), 2_000)
  }
  return (
    <>
      <button
        class={`btn sm ${look}${iconOnly ? ' square' : ''}`}
        type="button"
        disabled={disabled}
        aria-label={label}
        title={iconOnly ? words[state] : undefined}
        onClick={copy}
      >
        <Icon name={state === 'copied' ? 'check' : 'copy'} />
        {!iconOnly && words[state]}
      </button>
      <span class="sr-only" role="status">
        {state === 'idle' ? '' : words[state]}
      </span>
    </>
  )
}
