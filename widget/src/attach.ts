import { details } from './attach.fields.ts'
import { findAll, listen } from './dom.ts'
import type { Page } from './page.ts'
import { place } from './place.ts'
import { embedServer } from './server.ts'
import { createToken, type Token } from './token.ts'

const attached = new WeakSet<HTMLElement>()
let watching = false

/** Sets up every element with `data-goodword`, including those added later. */
export async function mount(_first: HTMLElement, page: Page): Promise<void> {
  if (watching) return
  watching = true
  const look = () => {
    for (const host of findAll('[data-goodword]')) {
      if (host instanceof HTMLFormElement) attach(host, page)
      else place(host, page)
    }
  }
  look()
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
}

/**
 * Also sends this form's fields to us, without delaying or changing the page's own submission. Sends only for
 * friends who came with a code or named an advocate.
 */
export function attach(form: HTMLFormElement, page: Page): void {
  if (attached.has(form)) return
  attached.add(form)
  const server = embedServer(page, { campaign: form.getAttribute('data-goodword-campaign') })
  let token: Promise<Token | null> = Promise.resolve(null)
  let formToken: Token | null = null
  let code: string | null = null
  let sent = ''

  const prepare = async () => {
    code = (await page.getReferral())?.code ?? null
    writeCode(form, code)
    formToken = null
    // Without a code, a token is needed only if the form asks who referred the friend.
    if (!code && !form.querySelector('[data-goodword-field=advocate], [data-goodword-field=code]')) return
    token = server.form(code).then((answer) => {
      if (!answer?.value) return null
      formToken = createToken(server, { text: answer.value.formToken, at: Date.now() }, code)
      return formToken
    })
  }

  const send = async () => {
    const given = details(form, code)
    const text = JSON.stringify(given)
    if (!given || text === sent) return
    sent = text
    const reportedCode = given.code ?? null
    // Synchronous where possible, because the page may be unloading.
    const answer = await (formToken ? formToken.send(given) : token.then((issued) => issued?.send(given)))
    if (answer?.value) page.emit('submitted', { code: reportedCode })
    else if (answer?.problem) page.emit('refused', { code: reportedCode, reason: answer.problem.code })
    else page.emit('error', { reason: 'unanswered' })
    // A rejected submission may be sent again. An accepted one resets the form for the next friend.
    if (!answer?.value) sent = ''
    prepare()
  }

  // Runs before the page's own handlers, which may stop the event or clear the form.
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
