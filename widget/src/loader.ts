import type { FormModule, Goodword, Page, Referral } from './page.ts'

// Every byte here is on every page of the business. The budget is 1 000 B of brotli, checked in widget/test/sizes.test.ts.

const name = 'goodword'
const element = `${name}-form`

function load(tag: HTMLScriptElement, key: string) {
  const server = new URL(tag.getAttribute('data-server') || tag.src).origin
  let memory: Referral | null = null

  const kept = (): Referral | null => {
    let found = memory
    try {
      found = JSON.parse(localStorage.getItem(name) || 'null') || memory
    } catch {
      // Storage is blocked or its text is not ours: this visit's memory is all there is.
    }
    return found && found.at > Date.now() - 7_776e6 ? found : null
  }

  const capture = () => {
    const query = new URLSearchParams(location.search)
    const code = ['ref', 'via', 'referral', 'code'].map((word) => query.get(word)).find(Boolean)
    if (!code || !/^[\w-]{3,40}$/.test(code)) return
    const before = kept()
    // The same link again within half an hour is a reload, not another visit.
    if (before && before.code === code && before.at > Date.now() - 18e5) return
    memory = { code, at: Date.now() }
    try {
      localStorage.setItem(name, JSON.stringify(memory))
    } catch {
      // Blocked or full.
    }
    // Without a prototype, because a page may have put things on Object.prototype that fetch would read.
    const init = {
      __proto__: null,
      method: 'POST',
      mode: 'no-cors',
      credentials: 'omit',
      keepalive: true,
    } as RequestInit
    fetch(`${server}/embed/visits?key=${key}&code=${code}`, init).catch(() => {})
  }

  const getReferral = async () => {
    try {
      capture()
    } catch {
      // The page replaced something we need; what was kept still counts.
    }
    return kept()
  }

  // Called on the prototypes, because an element named "dispatchEvent" hides the document's own.
  const emit: Page['emit'] = (event, detail) =>
    dispatchEvent.call(document, new CustomEvent(`${name}:${event}`, { detail }))

  getReferral()
  customElements.define(
    element,
    class extends HTMLElement {
      async connectedCallback() {
        try {
          const form: FormModule = await import(/* @vite-ignore */ new URL('form.js', tag.src).href)
          await form.mount(this, { key, server, getReferral, emit })
        } catch {
          // Our server is down or the page's policy forbids us: the children stay.
        }
      }
    },
  )

  const early = Object.hasOwn(window, 'Goodword') ? window.Goodword : undefined
  const goodword = (early || {}) as Goodword
  goodword.getReferral = getReferral
  goodword.on = (event, handler) => {
    if (event === 'ready') queueMicrotask(handler as () => void)
    else addEventListener.call(document, `${name}:${event}`, (e) => handler((e as CustomEvent).detail))
  }
  const run = ([method, ...given]: [string, ...unknown[]]) => {
    try {
      ;(goodword as unknown as Record<string, (...given: unknown[]) => unknown>)[method]?.(...given)
    } catch {
      // One bad call in the queue must not lose the next.
    }
  }
  const queue = (early?.q || []) as [string, ...unknown[]][]
  goodword.q = { push: run }
  window.Goodword = goodword
  queue.forEach(run)
  emit('ready')
}

try {
  const current = document.currentScript
  const tag =
    current instanceof HTMLScriptElement
      ? current
      : Document.prototype.querySelector.call(document, 'script[data-key^=pk_]')
  const key = tag?.getAttribute('data-key')
  // A second tag finds the element defined and leaves the first in charge.
  if (key && !customElements.get(element)) load(tag as HTMLScriptElement, key)
} catch {
  // A guest that cannot work leaves quietly.
}

declare global {
  interface Window {
    Goodword?: Goodword
  }
}
