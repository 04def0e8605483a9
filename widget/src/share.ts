import shareWords from 'virtual:words/text/en/share'
import type { EmbedShare } from '@goodword/contracts'
import { h, listen, mark, set, shape } from './dom.ts'
import { languageFor, type Say, speak } from './language.ts'
import type { Page } from './page.ts'
import { embedServer } from './server.ts'
import { claim, createSurface, release } from './shadowRoot.ts'
import css from './share.css?inline'

/**
 * Renders the share panel: link, copy button and share targets. Uses the element's code or that of the identified
 * visitor; renders nothing without one. Never rejects.
 */
export async function mount(host: HTMLElement, page: Page): Promise<void> {
  const code = host.getAttribute('code') || page.person.code
  if (!code) return listen('goodword:identified', () => mount(host, page), { once: true })
  if (!claim(host)) return
  try {
    const lang = languageFor(host)
    const [answer, say] = await Promise.all([embedServer(page, { lang }).share(code), speak(host, shareWords)])
    if (!answer?.value) throw answer
    const surface = createSurface(host, answer.value.organization.brandColor, css)
    surface.root.append(panel(answer.value, say))
    surface.show()
  } catch {
    release(host)
    page.emit('error', { reason: 'unanswered' })
  }
}

function panel(share: EmbedShare, say: Say): HTMLElement {
  const { link, headline, explanation, closed } = share
  return h(
    'section',
    { class: 'card', part: 'card', 'aria-labelledby': 'title' },
    h('h2', { id: 'title', class: 'title', part: 'title' }, headline),
    h('p', closed ? {} : { class: 'quiet' }, closed ? closed.sentence : explanation),
    ...(closed ? [] : [linkBox(link, say), targets(share, say)]),
    h('div', { class: 'end' }, mark()),
  )
}

function linkBox(link: string, say: Say): HTMLElement {
  const input = h('input', {
    class: 'input',
    part: 'input',
    readonly: true,
    value: link,
    dir: 'ltr',
    'aria-label': say('link'),
  })
  const status = h('span', { class: 'sr-only', role: 'status' })
  const button = h('button', { type: 'button', class: 'button primary', part: 'button' }, say('copy'))
  input.addEventListener('focus', () => input.select())
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(link)
      button.textContent = say('copied')
      status.textContent = say('copied')
    } catch {
      // Without permission to use the clipboard, selects the text for manual copying.
      input.focus()
      status.textContent = say('copyByHand')
    }
    setTimeout(() => {
      button.textContent = say('copy')
      status.textContent = ''
    }, 2_000)
  })
  return h('div', { class: 'link' }, input, button, status)
}

const shapes = {
  native: 'M4 12v8a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-8M16 6l-4-4-4 4M12 2v13',
  whatsapp:
    'M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719',
  sms: 'M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2zM7 11h10M7 15h6M7 7h8',
  mail: 'm22 7-9 5.7a2 2 0 0 1-2 0L2 7M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2',
  qr: 'M3 3h5v5H3zM16 3h5v5h-5zM3 16h5v5H3zM21 16h-3a2 2 0 0 0-2 2v3M21 21v.01M12 7v3a2 2 0 0 1-2 2H7M3 12h.01M12 3h.01M12 16v.01M16 12h1M21 12v.01M12 21v-1',
} as const

function targets({ message, organization, link }: EmbedShare, say: Say): HTMLElement {
  const text = encodeURIComponent(message)
  const subject = encodeURIComponent(say('subject', organization.name))
  const inside = (name: keyof typeof shapes, label: string) => [h('span', {}, shape(shapes[name])), label]
  const way = (name: keyof typeof shapes, label: string, href: string) =>
    h('li', {}, h('a', { class: 'target', href, target: '_blank', rel: 'noopener' }, ...inside(name, label)))
  const button = (name: keyof typeof shapes, label: string, onclick: (event: MouseEvent) => void) =>
    h('li', {}, h('button', { type: 'button', class: 'target', onclick }, ...inside(name, label)))
  const code = h('div', { class: 'qr', hidden: true })
  return h(
    'div',
    { class: 'form' },
    h(
      'ul',
      { class: 'targets', 'aria-label': say('shareOn') },
      'share' in navigator &&
        button('native', say('native'), () => void navigator.share({ text: message }).catch(() => {})),
      way('whatsapp', 'WhatsApp', `https://wa.me/?text=${text}`),
      way('sms', say('sms'), `sms:?&body=${text}`),
      way('mail', say('mail'), `mailto:?subject=${subject}&body=${text}`),
      button('qr', say('qr'), ({ currentTarget }) => void toggleCode(currentTarget as Element, code, link, say)),
    ),
    code,
  )
}

/** Few people open the QR code, so it is loaded on demand. */
async function toggleCode(button: Element, place: HTMLElement, link: string, say: Say) {
  place.hidden = !place.hidden
  set(button, 'aria-expanded', place.hidden ? 'false' : 'true')
  if (place.hidden || place.firstChild) return
  try {
    const file = './qr.js'
    const { drawQr } = (await import(/* @vite-ignore */ file)) as typeof import('./qr.ts')
    place.append(drawQr(link, say('qrOf')))
  } catch {
    place.hidden = true
  }
}
