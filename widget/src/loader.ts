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
  const key = tag.getAttribute('data-key')
  const goodword = (window.Goodword || {}) as unknown as Record<string, unknown>
  let seen: string | undefined
  let watched: unknown
  let asked: Promise<unknown> | undefined

  // Some browsers remember for as long as the page is open that an address failed. Another fragment is another address to
  // them, and the same file to the network. An import map may have the integrity of the first one, so there it stays.
  let fragment = ''
  const parts = { __proto__: null } as unknown as Record<string, Promise<never> | null>
  const part = (file: string) =>
    (parts[file] ||= (
      import(
        /* @vite-ignore */ new URL(`${folder}/${file}.js${fragment}`, tag.src) as unknown as string
      ) as Promise<never>
    ).catch((error) => {
      parts[file] = null
      if (!find('[type=importmap]')) fragment += '#'
      throw error
    }))

  // Access is slow, so it is read once, on demand. The later of both counts.
  const kept = () => {
    let memory = page.memory as Referral | undefined
    if (!memory) {
      memory = { at: 0 } as Referral
      for (const read of [() => localStorage[name], () => /\bgoodword=([^;]*)/.exec(document.cookie)?.[1]])
        try {
          const one = JSON.parse(decodeURIComponent(read())) as Referral
          if (one.at > memory.at) memory = one
        } catch {
          // Blocked, absent or not ours.
        }
      page.memory = memory
    }
    // If something is stored, consent was given.
    page.consent ||= memory.at
    return memory.at > Date.now() - (memory.days || 90) * 864e5 ? memory : null
  }

  /** Waits this many milliseconds, and no longer once the network returns. */
  const pause = (wait: number) =>
    new Promise((resolve) => {
      setTimeout(resolve, wait)
      addEventListener('online', resolve)
    })

  // Nobody waits longer for a server that doesn't answer.
  const getReferral = () => Promise.race([asked, pause(3e3)]).then(kept)

  const emit = (event: string, detail?: unknown) => {
    page.last[event] = new CustomEvent(`${name}:${event}`, { detail })
    dispatchEvent.call(document, page.last[event])
  }

  // If our server is down or the page's policy blocks it, the children stay visible. Tries again when the network returns,
  // and until then ever less often.
  const draw = (kind: string, subject?: unknown, wait = 3e3): Promise<unknown> =>
    part(kind)
      .then((loaded: { mount(subject: unknown, page: Page): Promise<void> }) => loaded.mount(subject, page))
      .catch(() => {
        pause(wait).then(() => draw(kind, subject, wait * 2))
      })

  // The order here and in the lists below is the one that compresses best.
  const page = {
    emit,
    draw,
    getReferral,
    consent: tag.getAttribute('data-consent') === null,
    part,
    tag,
    key,
    // Without a prototype, because a page may have extended it.
    last: { __proto__: null },
    kept,
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
      if (!watched && find(`[data-${name}],[data-forms],[data-domains]`)) watched = draw('attach')
      getReferral().then((referral) => {
        if (referral && page.last.referral?.detail.code !== referral.code) emit('referral', referral)
      })
    })
  }

  if (/^pk/.test(key as string) && !goodword.from) {
    for (const kind of 'form banner share leaderboard launcher'.split(' '))
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
    for (const method of 'attachTo identify open submit on ready off setConsent close reset run'.split(' '))
      goodword[method] = (...given: unknown[]) =>
        part('api').then((api: Record<string, Method>) => api[method]?.(page, ...given))
    goodword.getReferral = getReferral
    goodword.from = key
    ;(goodword.q as Parameters<Method>[] | undefined)?.forEach(goodword.run as Method)
    goodword.q = { push: goodword.run }
    window.Goodword = goodword as unknown as Goodword
    emit('ready')
    look()
  } else if (key !== goodword.from) draw('warning', goodword.from)
} catch {
  // If the page breaks something we need, stop silently: the page must not see an error.
}
