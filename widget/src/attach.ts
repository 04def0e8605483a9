import { details } from './attach.fields.ts'
import { findAll, listen } from './dom.ts'
import type { Page } from './page.ts'
import { embedServer } from './server.ts'
import { createToken, type Token } from './token.ts'

const attached = new WeakSet<HTMLElement>()
const elements = ['form', 'share', 'banner', 'launcher']
const prefix = 'data-goodword-'
let watching = false

/** Handles every element with `data-goodword`, including those added later. */
export async function mount(_first: HTMLElement, page: Page): Promise<void> {
  if (watching) return
  watching = true
  const look = () => {
    for (const host of findAll('[data-goodword]')) {
      if (host instanceof HTMLFormElement) attach(host, page)
      else place(host)
    }
  }
  look()
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
}

/**
 * Creates one of our elements where a page builder allows none: `<div data-goodword="form"
 * data-goodword-campaign="cam_…">` becomes the parent of `<goodword-form campaign="cam_…">`, which shows the original
 * content until it is rendered.
 */
function place(host: HTMLElement): void {
  const kind = host.getAttribute('data-goodword')
  if (!kind || !elements.includes(kind) || attached.has(host)) return
  attached.add(host)
  const element = document.createElement(`goodword-${kind}`)
  for (const { name, value } of host.attributes)
    if (name.startsWith(prefix)) element.setAttribute(name.slice(prefix.length), value)
  element.append(...host.childNodes)
  host.append(element)
}

/**
 * Sends this form's fields to us as well, without delaying or changing the page's own submission. Only for friends who
 * came with a code or named an advocate; nothing is sent for others.
 */
export function attach(form: HTMLFormElement, page: Page): void {
  if (attached.has(form)) return
  attached.add(form)
  const server = embedServer(page, { campaign: form.getAttribute('data-goodword-campaign') })
  let token: Promise<Token | null> = Promise.resolve(null)
  let inHand: Token | null = null
  let code: string | null = null
  let sent = ''

  const prepare = async () => {
    code = (await page.getReferral())?.code ?? null
    writeCode(form, code)
    inHand = null
    // Without a code, a token is needed only if the form asks who referred the friend.
    if (!code && !form.querySelector('[data-goodword-field=advocate], [data-goodword-field=code]')) return
    token = server.form(code).then((answer) => {
      if (!answer?.value) return null
      inHand = createToken(server, { text: answer.value.formToken, at: Date.now() }, code)
      return inHand
    })
  }

  const send = async () => {
    const given = details(form, code)
    const text = JSON.stringify(given)
    if (!given || text === sent) return
    sent = text
    const told = given.code ?? null
    // Synchronously where possible: the page may be unloading.
    const answer = await (inHand ? inHand.send(given) : token.then((got) => got?.send(given)))
    if (answer?.value) page.emit('submitted', { code: told })
    else if (answer?.problem) page.emit('refused', { code: told, reason: answer.problem.code })
    else page.emit('error', { reason: 'unanswered' })
    // A rejected submission may be sent again; an accepted one resets the form for the next friend.
    if (!answer?.value) sent = ''
    prepare()
  }

  // Before the page's own handlers, which may stop the event or clear the form.
  addEventListener(
    'submit',
    ({ target }) => {
      if (target === form) send()
    },
    true,
  )
  listen('goodword:referral', prepare)
  prepare()
}

/** Adds the code to the page's own submission, in the field named by `data-goodword-code`. */
function writeCode(form: HTMLFormElement, code: string | null) {
  const name = form.getAttribute('data-goodword-code')
  if (!name) return
  const known = [...form.elements].find((element) => element.getAttribute('name') === name)
  const field = known instanceof HTMLInputElement ? known : document.createElement('input')
  if (!known) {
    field.type = 'hidden'
    field.name = name
    form.append(field)
  }
  field.value = code ?? ''
}
