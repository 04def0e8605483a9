import launcherWords from 'virtual:words/text/en/launcher'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { create, findAll } from '../document.ts'
import type { Page, Panel } from '../page.ts'
import { attributeOf } from '../ui/attributes.ts'
import type { Shown } from '../ui/element.tsx'
import { Icon, Shape } from '../ui/icons.tsx'
import { element, mount } from '../ui/ui.ts'
import closeCss from './close.css?inline'
import { keepFocusInSight } from './focus.ts'
import css from './launcher.css?inline'
import { launcherShown } from './room.ts'

type Launcher = { open(panel?: Panel): void; close(): void }
const launchers = new WeakMap<Element, Launcher>()

const gift =
  'M12 7v14M20 11v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8M7.5 7a1 1 0 0 1 0-5A4.8 8 0 0 1 12 7a4.8 8 0 0 1 4.5-5 1 1 0 0 1 0 5M3 7h18v4H3z'

/** Opens the page's launcher panel, creating one without a button if there is none. */
export async function open(page: Page, panel?: Panel): Promise<void> {
  const [found] = findAll('goodword-launcher, [data-goodword=launcher]')
  const host = found ?? create('goodword-launcher' as 'div')
  if (!found) {
    host.setAttribute('button', 'none')
    document.body.append(host)
  }
  await mount(host, page).catch(() => {})
  launchers.get(host)?.open(panel)
}

export async function close(): Promise<void> {
  for (const host of findAll('goodword-launcher, [data-goodword=launcher]')) launchers.get(host)?.close()
}

/** A button that opens the form or the share panel next to the page. The panel's content loads when it first opens. */
function LauncherElement({ host, page, say }: Shown) {
  const usual: Panel = attributeOf(host, 'panel') === 'share' ? 'share' : 'form'
  const label = attributeOf(host, 'label') || say(usual === 'share' ? 'refer' : 'offer')
  const [shown, setShown] = useState<Panel | null>(null)
  const now = useRef<Panel | null>(null)
  const back = useRef<Element | null>(null)
  const stack = useRef<HTMLDivElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const inside = useRef<HTMLDivElement>(null)
  const parts = useRef(new Map<Panel, HTMLElement>())

  const become = (next: Panel | null) => {
    now.current = next
    setShown(next)
  }
  const close = () => {
    const { current: panel } = now
    if (!panel) return
    become(null)
    page.emit('close', { panel })
  }
  const open = (next = usual) => {
    if (now.current === next) return
    if (!now.current) back.current = host.shadowRoot?.activeElement ?? document.activeElement
    become(next)
    page.emit('open', { panel: next })
  }
  // Escape closes our panel and no dialog of the page.
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    if (now.current || event.type === 'keyup') event.stopPropagation()
    if (event.type === 'keydown') close()
  }
  useLayoutEffect(() => {
    launchers.set(host, { open, close })
    keepFocusInSight(host)
    for (const event of ['keydown', 'keyup'] as const) stack.current?.addEventListener(event, closeByKey)
    if (stack.current) launcherShown(stack.current)
  }, [])
  useLayoutEffect(() => {
    if (!shown) {
      if (back.current instanceof HTMLElement) back.current.focus()
      back.current = null
      return
    }
    const part = parts.current.get(shown) ?? partIn(host, shown)
    parts.current.set(shown, part)
    inside.current?.replaceChildren(part)
    panel.current?.focus()
  }, [shown])

  return (
    <div ref={stack} className="stack">
      <div
        ref={panel}
        id="panel"
        className="panel"
        part="panel"
        role="dialog"
        aria-label={label}
        tabIndex={-1}
        hidden={!shown}
      >
        <div className="head">
          <button className="close" part="close" type="button" aria-label={say('shut')} onClick={close}>
            <Icon name="cross" />
          </button>
        </div>
        <div ref={inside} />
      </div>
      {attributeOf(host, 'button') !== 'none' && (
        <button
          className="launch"
          part="launch"
          type="button"
          dir="auto"
          aria-expanded={!!shown}
          aria-controls="panel"
          onClick={() => (shown ? close() : open())}
        >
          <Shape d={gift} />
          {label}
        </button>
      )}
    </div>
  )
}

/** Attributes that the inner elements inherit from the launcher. */
const inheritedAttributes = ['code', 'campaign', 'lang', 'words', 'theme']

function partIn(host: HTMLElement, panel: Panel): HTMLElement {
  const part = create(`goodword-${panel}` as 'div')
  for (const name of inheritedAttributes) {
    const value = attributeOf(host, name)
    if (value !== null) part.setAttribute(name, value)
  }
  part.append(...[...host.childNodes].map((child) => child.cloneNode(true)))
  return part
}

export const launcher = element({ english: launcherWords, css: closeCss + css }, LauncherElement, ({ form, share }) => {
  const organization = (form ?? share)?.organization
  return organization ? { brandColor: organization.brandColor } : null
})
