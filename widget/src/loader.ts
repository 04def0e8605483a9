import { folder } from 'virtual:widget/parts'
import type { Goodword, QueuedCall } from './global.ts'
import type { ElementPart, Page, Referral } from './page.ts'
import { version } from './version.ts'

/** The global under construction. */
type RareMethod = Exclude<keyof Goodword, 'getReferral' | 'setConsent' | 'q'>
type Rare = Record<RareMethod | 'run', (page: Page, ...given: unknown[]) => Promise<unknown>>
type Global = Record<keyof Goodword, (...given: never[]) => Promise<unknown>>

// Every byte here is loaded on every page of the business. The budget is 1,000 B of brotli, checked in
// widget/test/sizes.test.ts.

const name = 'goodword'
// Document methods are called through the prototype, because an element with the same name hides them.
const find = (selector: string) => Document.prototype.querySelector.call(document, selector) as HTMLElement | null

try {
  const tag = find('script[data-key^=pk_]') as HTMLScriptElement
  // The last event of each name, for late subscribers. Without a prototype, because a page may have extended it.
  const last = { __proto__: null } as unknown as Record<string, CustomEvent>
  let consent: unknown = tag.getAttribute('data-consent') === null
  let memory: Referral | null | undefined
  let seen: string | undefined
  let verified: Promise<unknown> | undefined

  // Storage access is slow, so it is read once, on demand.
  const kept = () => {
    try {
      if (memory === undefined) {
        memory = JSON.parse(localStorage.getItem(name) as string) as Referral | null
        // If something is stored, consent was given.
        consent ||= memory
      }
    } catch {
      // Storage is blocked, or its text isn't ours: use only this page's memory.
    }
    return (memory?.at as number) > Date.now() - 7_776e6 ? (memory as Referral) : null
  }
  const keep = (referral: Referral | null) => {
    kept()
    memory = referral
    try {
      if (memory && consent) localStorage.setItem(name, JSON.stringify(memory))
      else localStorage.removeItem(name)
    } catch {
      // Storage is blocked or full.
    }
  }

  const emit = (event: string, detail?: unknown) => {
    last[event] = new CustomEvent(`${name}:${event}`, { detail })
    dispatchEvent.call(document, last[event])
  }

  // Takes a code from the URL, and waits until the server confirms it.
  const capture = async () => {
    try {
      // One expression that prefers the first parameter name wherever it appears in the URL, and never fails to
      // match.
      const code = location.search
        ? location.search.match(/^(.*?[?&]ref|.*?[?&]via|.*?[?&]referral|.*?[?&]code)=([\w-]{3,40})(&|$)/)?.[2]
        : seen
      if (code && code !== seen) {
        seen = code
        const before = kept()
        const found = { code, at: Date.now() }
        // The same link again within half an hour is a reload, not another visit.
        if (before?.code !== code || before.at < found.at - 18e5) {
          if (!before) keep(found)
          // Without a prototype, as above. Other tools use ?ref= too, so an unknown code doesn't replace a valid
          // one.
          const init = { __proto__: null, method: 'POST', keepalive: true } as RequestInit
          verified = fetch(`${page.server}/embed/visits?code=${code}&v=${version}&key=${page.key}`, init)
            .then((response) => response.json())
            .then((answer) => answer.known != null && keep(answer.known ? found : before))
        }
      }
      await verified
    } catch {
      // No response, or the page replaced a function we need: the stored code still counts.
    }
  }
  const getReferral = () => capture().then(kept)

  const page: Page = {
    key: tag.getAttribute('data-key') as string,
    server: new URL(tag.getAttribute('data-server') || tag.src).origin,
    person: {},
    last,
    part: (name) => import(/* @vite-ignore */ new URL(`${folder}/${name}.js`, tag.src) as unknown as string),
    getReferral,
    kept,
    emit,
    keep,
  }

  const draw = async (part: 'ui' | 'attach', host: HTMLElement) => {
    try {
      await (await page.part<ElementPart>(part)).mount(host, page)
    } catch {
      // Our server is down or the page's policy blocks it: the children stay visible.
      addEventListener('online', () => draw(part, host), { once: true })
    }
  }
  // Throws for a second tag before it does anything, so that the first one stays in charge.
  for (const kind of ['form', 'share', 'banner', 'launcher'] as const)
    customElements.define(
      `${name}-${kind}`,
      class extends HTMLElement {
        connectedCallback() {
          draw('ui', this)
        }
      },
    )

  // Single-page applications change the URL without a page load. Reads the code at once, and does the rest when the
  // page is idle.
  const look = () => {
    capture()
    ;(window.requestIdleCallback || setTimeout)(async () => {
      // Also if it did before, in case that did not load.
      const form = find(`[data-${name}],script[data-forms]`)
      if (form) draw('attach', form)
      const referral = await getReferral()
      if (referral && last.referral?.detail !== referral) emit('referral', referral)
    })
  }
  // The last event is from the Navigation API. Listening everywhere for all of them takes fewer bytes.
  for (const moment of ['load', 'popstate', 'focusin', 'currententrychange']) {
    addEventListener(moment, look)
    window.navigation?.addEventListener(moment, look)
  }

  const goodword = (window.Goodword || {}) as unknown as Global
  for (const method of 'ready on off reset identify open close attachTo submit'.split(' ') as RareMethod[])
    goodword[method] = async (...given) => (await page.part<Rare>('api'))[method](page, ...given)
  goodword.getReferral = getReferral
  goodword.setConsent = async (given: boolean) => {
    kept()
    consent = given
    keep(memory as Referral | null)
  }
  const run = (call: QueuedCall) =>
    page
      .part<Rare>('api')
      .then(({ run }) => run(page, goodword, call))
      .catch(() => {})
  const queue = (goodword.q || []) as unknown as QueuedCall[]
  goodword.q = { push: run } as never
  window.Goodword = goodword as unknown as Goodword
  queue.forEach(run)
  emit('ready')
  look()
} catch {
  // If the page breaks something we need, stop silently: the page must not see an error.
}
