import launcherWords from 'virtual:words/text/en/launcher'
import { findAll, h, set, shape } from './dom.ts'
import { speak } from './language.ts'
import css from './launcher.css?inline'
import { cross, keepFocusInSight } from './overlay.ts'
import type { Page, Panel } from './page.ts'
import { embedServer } from './server.ts'
import { claim, createSurface, release } from './shadowRoot.ts'

type Launcher = { open(panel?: Panel): void; close(): void }
const launchers = new WeakMap<Element, Promise<Launcher>>()

const gift =
  'M12 7v14M20 11v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8M7.5 7a1 1 0 0 1 0-5A4.8 8 0 0 1 12 7a4.8 8 0 0 1 4.5-5 1 1 0 0 1 0 5M3 7h18v4H3z'

/**
 * Renders the button once, and only if it would open something: asks the server first, which also returns its color.
 * The panel's content loads when it is first opened. Never rejects.
 */
export async function mount(host: HTMLElement, page: Page): Promise<void> {
  if (claim(host)) launchers.set(host, draw(host, page))
  try {
    await launchers.get(host)
  } catch {
    release(host)
    page.emit('error', { reason: 'unanswered' })
  }
}

/** Opens the page's launcher panel, creating one without a button if there is none. */
export async function open(page: Page, panel?: Panel): Promise<void> {
  const [found] = findAll('goodword-launcher')
  const host = found ?? document.createElement('goodword-launcher')
  if (!found) {
    host.setAttribute('button', 'none')
    document.body.append(host)
  }
  await mount(host, page)
  ;(await launchers.get(host))?.open(panel)
}

export async function close(): Promise<void> {
  for (const host of findAll('goodword-launcher')) (await launchers.get(host))?.close()
}

/** Attributes that the inner elements inherit from the launcher. */
const inheritedAttributes = ['code', 'campaign', 'lang', 'words', 'theme']

async function draw(host: HTMLElement, page: Page): Promise<Launcher> {
  const usual: Panel = host.getAttribute('panel') === 'share' ? 'share' : 'form'
  const code = host.getAttribute('code') || page.person.code || (await page.getReferral())?.code || null
  const server = embedServer(page)
  const asked = usual === 'share' && code ? server.share(code) : server.form(code)
  const [answer, say] = await Promise.all([asked, speak(host, launcherWords)])
  if (!answer?.value) throw answer
  const label = host.getAttribute('label') || say(usual === 'share' ? 'refer' : 'offer')
  const surface = createSurface(host, answer.value.organization.brandColor, css)
  let shown: { panel: Panel; back: Element | null } | null = null
  const parts = new Map<Panel, HTMLElement>()

  const launch = h(
    'button',
    {
      class: 'launch',
      part: 'launch',
      type: 'button',
      dir: 'auto',
      'aria-expanded': 'false',
      'aria-controls': 'panel',
    },
    shape(gift),
    label,
  )
  const inside = h('div')
  const panel = h(
    'div',
    { id: 'panel', class: 'panel', part: 'panel', role: 'dialog', 'aria-label': label, tabindex: -1, hidden: true },
    h(
      'div',
      { class: 'head' },
      h(
        'button',
        { class: 'close', part: 'close', type: 'button', 'aria-label': say('shut'), onclick: () => close() },
        cross(),
      ),
    ),
    inside,
  )
  const partOf = (name: Panel) => {
    const known = parts.get(name)
    if (known) return known
    const element = document.createElement(`goodword-${name}`)
    for (const attribute of inheritedAttributes) set(element, attribute, host.getAttribute(attribute))
    element.append(...[...host.childNodes].map((child) => child.cloneNode(true)))
    parts.set(name, element)
    return element
  }
  const close = () => {
    if (!shown) return
    const { panel: name, back } = shown
    shown = null
    panel.hidden = true
    set(launch, 'aria-expanded', 'false')
    if (back instanceof HTMLElement) back.focus()
    page.emit('close', { panel: name })
  }
  const open = (name = usual) => {
    if (shown?.panel === name) return
    const back = shown ? shown.back : (host.shadowRoot?.activeElement ?? document.activeElement)
    shown = { panel: name, back }
    inside.replaceChildren(partOf(name))
    panel.hidden = false
    set(launch, 'aria-expanded', 'true')
    panel.focus()
    page.emit('open', { panel: name })
  }
  launch.addEventListener('click', () => (shown ? close() : open()))
  surface.root.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close()
  })
  const button = host.getAttribute('button') !== 'none' && launch
  surface.root.append(h('div', { class: 'stack' }, panel, button))
  surface.show()
  keepFocusInSight(host)
  return { open, close }
}
