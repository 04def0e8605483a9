import { folder } from 'virtual:widget/parts'
import { possibleLink } from '@goodword/domain/referralLinks'
import type { Goodword } from './global.ts'
import type { Page, Referral } from './page.ts'

// Every byte here is loaded on every page of the business. The budget is 1,000 B of brotli, checked in
// widget/test/sizes.test.ts. What only some pages need is in parts.

type Method = (...given: unknown[]) => Promise<unknown>

const name = 'goodword'
// Document methods are called through the prototype, because an element with the same name hides them.
const find = (selector: string) => Document.prototype.querySelector.call(document, selector) as HTMLElement | null

try {
  // Other vendors' tags have a data-key too, so ours is the script that is running. A module or a script in a bundle doesn't
  // know itself.
  let tag = document.currentScript as HTMLScriptElement
  if (!tag?.dataset?.key) tag = (find('[data-key]:is([src*="widget/v1"],[data-server])') || tag) as HTMLScriptElement
  const option = (attribute: string) => tag.getAttribute(`data-${attribute}`)
  const key = option('key')
  const goodword = (window.Goodword || {}) as unknown as Record<string, unknown>
  const queue = (goodword.q || []) as unknown[]
  let seen: string | undefined
  let form: HTMLElement | null
  let asked: Promise<unknown> | undefined

  const part = (file: string) =>
    import(/* @vite-ignore */ new URL(`${folder}/${file}.js`, tag.src) as unknown as string) as Promise<never>

  // Access is slow, so it is read once, on demand. The later of both counts.
  const kept = () => {
    if (!page.memory)
      for (const read of [
        () => localStorage[name],
        () => /\bgoodword=([^;]*)/.exec(document.cookie)?.[1],
      ] as (() => string)[])
        try {
          const one = JSON.parse(decodeURIComponent(read())) as Referral
          if (one.at > (page.memory?.at || 0)) page.memory = one
        } catch {
          // Blocked, absent or not ours.
          page.memory ||= {}
        }
    // If something is stored, consent was given.
    page.consent ||= page.memory?.at
    return (page.memory?.at as number) > Date.now() - (page.memory?.days || 90) * 864e5
      ? (page.memory as Referral)
      : null
  }

  // Nobody waits longer for a server that doesn't answer.
  const getReferral = () => Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 3e3))]).then(kept)

  const emit = (event: string, detail?: unknown) => {
    page.last[event] = new CustomEvent(`${name}:${event}`, { detail })
    dispatchEvent.call(document, page.last[event])
  }

  // If our server is down or the page's policy blocks it, the children stay visible. Tries again, ever less often.
  const draw = (kind: string, subject?: unknown, wait = 3e3): Promise<unknown> =>
    part(kind)
      .then((loaded: { mount(subject: unknown, page: Page): Promise<void> }) => loaded.mount(subject, page))
      .catch(() => setTimeout(draw, wait, kind, subject, wait * 2))

  const page = {
    // Without a prototype, because a page may have extended it.
    last: { __proto__: null },
    getReferral,
    tag,
    part,
    server: new URL(option('server') || tag.src).origin,
    person: {},
    kept,
    emit,
    keep(referral: Referral | null) {
      page.memory = referral
      return draw('capture')
    },
    key,
    consent: option('consent') === null,
  } as unknown as Page

  // Single-page applications change the URL without a page load. Looks for a code at once, and does the rest when the
  // page is idle.
  const look = () => {
    const address = location.href
    if (seen !== address) {
      // A router may have cleaned the address before the tag ran.
      if (possibleLink.test(seen ? address : address + performance.getEntriesByType('navigation')[0]?.name))
        asked = draw('capture', address).then(look)
      seen = address
    }
    ;(window.requestIdleCallback || setTimeout)(() => {
      if (!form) {
        form = find(`[data-${name}],[data-forms],[data-domains]`)
        if (form) draw('attach', form)
      }
      getReferral().then((referral) => {
        if (referral && page.last.referral?.detail.code !== referral.code) emit('referral', referral)
      })
    })
  }

  if (/^pk/.test(key as string) && !goodword.from) {
    for (const kind of 'share banner launcher form'.split(' '))
      customElements.define(
        `${name}-${kind}`,
        class extends HTMLElement {
          connectedCallback() {
            draw('ui', this)
          }
        },
      )
    // One event is from the Navigation API. Listening everywhere for all of them takes fewer bytes.
    for (const moment of 'popstate load currententrychange focusin'.split(' ')) {
      addEventListener(moment, look)
      window.navigation?.addEventListener(moment, look)
    }
    for (const method of 'off reset attachTo identify open close ready submit on setConsent run'.split(' '))
      goodword[method] = (...given: unknown[]) =>
        part('api').then((api: Record<string, Method>) => api[method]?.(page, ...given))
    goodword.getReferral = getReferral
    goodword.from = key
    goodword.q = { push: goodword.run }
    window.Goodword = goodword as unknown as Goodword
    queue.forEach(goodword.run as Method)
    emit('ready')
    look()
  } else if (key !== goodword.from) draw('warning', goodword.from)
} catch {
  // If the page breaks something we need, stop silently: the page must not see an error.
}
