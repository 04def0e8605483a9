import type { Goodword, QueuedCall } from './global.ts'
import type { Page, Referral } from './page.ts'
import { version } from './version.ts'

/** The global while it is put together: its methods, whatever each takes. */
type Global = Record<keyof Goodword, (...given: never[]) => Promise<unknown>>

// Every byte here is on every page of the business. The budget is 1 000 B of brotli, checked in widget/test/sizes.test.ts.

const name = 'goodword'
// Methods of the document are called on the prototype, because an element named like one hides it.
const find = (selector: string) => Document.prototype.querySelector.call(document, selector) as HTMLElement | null

function load(tag: HTMLScriptElement, key: string) {
  const server = new URL(tag.getAttribute('data-server') || tag.src).origin
  const part: Page['part'] = (file) => import(/* @vite-ignore */ new URL(`${file}.js`, tag.src).href)
  // The last event of each name, for those who come late. Without a prototype, because a page may have put things on it.
  const last = { __proto__: null } as unknown as Record<string, CustomEvent>
  let memory: Referral | null = null
  let seen: string | undefined
  let verified: Promise<unknown> | undefined

  try {
    memory = JSON.parse(localStorage.getItem(name) as string)
  } catch {
    // Storage is blocked or its text is not ours: this page's memory is all there is.
  }
  // What is stored was stored with consent.
  let consent: unknown = memory || !tag.hasAttribute('data-consent')

  const kept = () => (memory && memory.at > Date.now() - 7_776e6 ? memory : null)
  const keep = (referral: Referral | null) => {
    memory = referral
    try {
      if (memory && consent) localStorage.setItem(name, JSON.stringify(memory))
      else localStorage.removeItem(name)
    } catch {
      // Blocked or full.
    }
  }

  const emit = (event: string, detail?: unknown) => {
    last[event] = new CustomEvent(`${name}:${event}`, { detail })
    dispatchEvent.call(document, last[event])
  }

  const getReferral = async () => {
    try {
      const code = ['ref', 'via', 'referral', 'code']
        .map((word) => location.search.match(`[?&]${word}=([\\w-]{3,40})(&|$)`)?.[1])
        .find(Boolean)
      const before = kept()
      const found = { code, at: Date.now() } as Referral
      if (code && code !== seen) {
        seen = code
        // The same link again within half an hour is a reload, not another visit.
        if (before?.code !== code || before.at < found.at - 18e5) {
          if (!before) keep(found)
          // Without a prototype, as above. Other tools write ?ref= too: a code nobody knows takes no good one's place.
          const init = { __proto__: null, method: 'POST', keepalive: true } as RequestInit
          verified = fetch(`${server}/embed/visits?code=${code}&v=${version}&key=${key}`, init)
            .then((response) => response.json())
            .then(({ known }) => {
              if (known) emit('referral', found)
              if (known !== undefined) keep(known ? found : before)
            })
        }
      }
      await verified
    } catch {
      // Nothing answered, or the page replaced something we need: what was kept still counts.
    }
    return kept()
  }

  const page: Page = { key, server, person: {}, part, getReferral, emit, keep }

  const draw = async (kind: 'form' | 'share' | 'banner' | 'launcher' | 'attach', host: HTMLElement) => {
    try {
      await (await part(kind)).mount(host, page)
    } catch {
      // Our server is down or the page's policy forbids us: the children stay.
    }
  }
  for (const kind of ['form', 'share', 'banner', 'launcher'] as const)
    customElements.define(
      `${name}-${kind}`,
      class extends HTMLElement {
        connectedCallback() {
          draw(kind, this)
        }
      },
    )

  let form: HTMLElement | null
  // Applications change address and page without loading either.
  const look = () => {
    getReferral()
    if (!form) {
      form = find(`form[data-${name}]`)
      if (form) draw('attach', form)
    }
  }
  look()
  for (const moment of ['load', 'popstate', 'focusin']) addEventListener(moment, look)
  window.navigation?.addEventListener('currententrychange', look)
  if (kept()) emit('referral', kept())

  const goodword = (window.Goodword || {}) as unknown as Global
  for (const method of ['ready', 'off', 'reset', 'identify', 'open', 'close', 'attachTo', 'submit'] as const)
    goodword[method] = async (...given) =>
      ((await part('api'))[method] as (page: Page, ...given: unknown[]) => unknown)(page, ...given)
  goodword.getReferral = getReferral
  goodword.on = async (event: string, handler: (event: Event) => void) => {
    addEventListener.call(document, `${name}:${event}`, handler)
    if (event in last) handler(last[event] as Event)
  }
  goodword.setConsent = async (given: boolean) => {
    consent = given
    keep(memory)
  }
  const run = (call: QueuedCall) => {
    const [method, ...given] = call
    const answer = goodword[method as keyof Goodword]?.(...(given as never[]))
    call.done?.(answer)
    answer?.catch(() => {})
  }
  const queue = (goodword.q || []) as unknown as QueuedCall[]
  goodword.q = { push: run } as never
  window.Goodword = goodword as unknown as Goodword
  queue.forEach(run)
  emit('ready')
}

try {
  const tag = find('script[data-key^=pk_]')
  // A second tag finds the element defined and leaves the first in charge.
  if (!customElements.get(`${name}-form`)) load(tag as HTMLScriptElement, tag?.getAttribute('data-key') as string)
} catch {
  // A guest that cannot work leaves quietly.
}
