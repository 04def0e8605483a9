import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { Icon, type IconName } from './icon.tsx'

export type MenuItem = {
  label: string
  icon?: IconName
  danger?: boolean
  /** Set for a radio item: shown with a check mark when chosen. */
  checked?: boolean
  run: () => void
}

/** Positions the menu below its button, inside the window, aligned to the side with room. */
function place(menu: HTMLElement, button: HTMLElement) {
  const box = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const gap = 4
  const left = box.left + width > innerWidth - 8 ? box.right - width : box.left
  const below = box.bottom + gap
  const top = below + height > innerHeight - 8 ? Math.max(8, box.top - gap - height) : below
  menu.style.left = `${Math.max(8, left)}px`
  menu.style.top = `${top}px`
}

const steps: Record<string, (at: number, length: number) => number> = {
  ArrowDown: (at, length) => (at + 1) % length,
  ArrowUp: (at, length) => (at - 1 + length) % length,
  Home: () => 0,
  End: (_, length) => length - 1,
}

function Entry({ item, close }: { item: MenuItem; close: () => void }) {
  const role =
    item.checked === undefined
      ? { role: 'menuitem' as const }
      : { role: 'menuitemradio' as const, 'aria-checked': item.checked }
  return (
    <button
      class={item.danger ? 'danger' : undefined}
      type="button"
      tabIndex={-1}
      {...role}
      onClick={() => {
        close()
        item.run()
      }}
    >
      {item.icon && <Icon name={item.icon} />}
      {item.checked !== undefined && <span class="tick">{item.checked && <Icon name="check" />}</span>}
      {item.label}
    </button>
  )
}

/** The items whose label has the text in it, whatever its case and accents. */
export const itemsWith = (items: readonly MenuItem[], text: string): readonly MenuItem[] => {
  const wanted = plain(text.trim())
  return wanted === '' ? items : items.filter(({ label }) => plain(label).includes(wanted))
}
const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** A button with a popover menu. Arrow keys move, Esc closes and returns focus to the button. */
export function Menu({
  label,
  items,
  head,
  find,
  buttonClass,
  named = false,
  children,
}: {
  /** The menu's name; the button's too, unless its `children` provide one and it is `named`. */
  label: string
  named?: boolean
  items: readonly MenuItem[]
  head?: ComponentChildren
  /** The name of a field that narrows a long menu down; Enter takes the first item that is left. */
  find?: string | undefined
  buttonClass: string
  children: ComponentChildren
}) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const entries = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const all = entries()
    const at = all.findIndex((entry) => entry.matches(':focus'))
    all[step(at, all.length)]?.focus()
  }
  const onFindKey = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const at = { ArrowDown: 0, Enter: 0, ArrowUp: -1 }[event.key]
    if (at === undefined) return
    event.preventDefault()
    const entry = entries().at(at)
    if (event.key === 'Enter') entry?.click()
    else entry?.focus()
  }
  const shown = itemsWith(items, typed)
  return (
    <>
      <button
        ref={button}
        class={buttonClass}
        type="button"
        aria-haspopup="menu"
        aria-label={named ? undefined : label}
        popovertarget={id}
      >
        {children}
      </button>
      <div
        ref={menu}
        id={id}
        class="menu"
        popover="auto"
        onToggle={(event) => {
          if (event.newState !== 'open') return setTyped('')
          if (!menu.current || !button.current) return
          place(menu.current, button.current)
          const box = menu.current.querySelector('input')
          if (box) return box.focus()
          const all = entries()
          const chosen = all.find((entry) => entry.getAttribute('aria-checked') === 'true')
          ;(chosen ?? all[0])?.focus()
        }}
      >
        {head}
        {find !== undefined && (
          <input
            class="input"
            type="search"
            aria-label={find}
            placeholder={find}
            maxLength={100}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={onFindKey}
          />
        )}
        {shown.length === 0 && <p role="status">Nothing matches “{typed}”</p>}
        <div role="menu" aria-label={label} tabIndex={-1} onKeyDown={move}>
          {shown.map((item, at) => (
            // Two items may have the same label.
            <Entry key={`${at} ${item.label}`} item={item} close={() => menu.current?.hidePopover()} />
          ))}
        </div>
      </div>
    </>
  )
}
