import type { FormReport } from '@goodword/contracts'
import { details, type Given, type Memory, remember } from './attach.details.ts'
import { attribute } from './attach.dom.ts'
import { follow, isFollowed } from './attach.events.ts'
import { type Found, recognize } from './attach.fields.ts'
import { kindOf } from './attach.kind.ts'
import { type Mapping, readMapping } from './attach.mapping.ts'
import { isValid, watch } from './attach.watch.ts'
import { type AttachOptions, type Page, serverOf } from './page.ts'
import { embedServer, report as reportTo } from './server.ts'
import { createToken, type Token } from './token.ts'
import type { TryPanel, Understood } from './try.ts'

/** What was sent. The same details are sent once, even if the page draws its form anew. */
const sent = new Set<string>()
/** Opened from the console to see what is understood. Nothing is sent, neither to us nor to the page's own server. */
const trying = /[#&]goodword-try\b/.test(location.hash)
let panel: TryPanel | null = null

type Step = { memory: Memory; formToken: Token | null }

/** What the page says about a form's fields: on the form itself, in the call that attached it, or on the tag. */
const recognizeIn = (form: HTMLElement, { fields }: AttachOptions): Found[] =>
  recognize(form, { ...(fields as Mapping), ...readMapping(attribute(form, 'data-goodword-fields')) })

/** What was understood of a form: names of fields, never what is typed in them. */
function reportOf(form: HTMLElement, found: Found[]): FormReport {
  const other = kindOf(form, found)
  return {
    page: location.pathname,
    form: (attribute(form, 'id') || attribute(form, 'name') || attribute(form, 'aria-label')).slice(0, 100),
    other,
    fields: found.slice(0, 60).map(({ texts: { label }, role }) => ({ label, field: other ? null : role })),
  }
}

/** What is understood of a form, and what would be sent. `memory` is what was typed before. Nothing is sent. */
export function understand(
  form: HTMLElement,
  options: AttachOptions,
  code: string,
  memory: Memory = new Map(),
): Understood {
  const found = recognizeIn(form, options)
  remember(memory, found)
  const report = reportOf(form, found)
  return { ...report, given: report.other ? null : details(memory, code) }
}

export const mount = ({ form, options }: { form: HTMLElement; options: AttachOptions }, page: Page): void =>
  attach(form, page, options)

/**
 * Also sends this form's fields to us, without delaying or changing the page's own submission. Sends only for
 * friends who came with a code or named an advocate, and only what the page itself didn't refuse. `earlier` is the step
 * before it, with what was typed there.
 */
function attach(form: HTMLElement, page: Page, options: AttachOptions, earlier?: Step): void {
  if (isFollowed(form)) return
  const campaign = options.campaign ?? (attribute(form, 'data-goodword-campaign') || null)
  const server = embedServer(page, { campaign })
  const memory: Memory = new Map(earlier?.memory)
  let token: Promise<Token | null> = Promise.resolve(null)
  let formToken = earlier?.formToken ?? null
  let code: string | null = null
  let watcher: ReturnType<typeof watch> | null = null
  let reported = ''

  const see = (): Found[] => {
    const found = recognizeIn(form, options)
    remember(memory, found)
    const report = reportOf(form, found)
    const text = JSON.stringify(report.fields)
    if ((code || trying) && report.fields.length > 0 && text !== reported) {
      reported = text
      reportTo(page, report)
    }
    return found
  }

  const prepare = async () => {
    code = (await page.getReferral())?.code ?? null
    const found = see()
    if (trying) return panel?.update()
    // Without a code, a token is needed only if the form asks who referred the friend.
    if (formToken) return
    if (!code && !found.some(({ role }) => role === 'advocate' || role === 'code')) return
    token = server.form(code).then((answer) => {
      if (!answer?.value) return null
      formToken = createToken(
        server,
        { text: answer.value.formToken, at: Date.now(), bits: answer.value.proofBits },
        code,
      )
      return formToken
    })
  }

  /** A page that is left when its form is sent can't be asked for a proof, so it is found while the friend types. */
  const begin = () => (formToken ? formToken.begin() : void token.then((issued) => issued?.begin()))

  const send = async (given: Given, leaving: boolean) => {
    const text = JSON.stringify(given)
    if (sent.has(text)) return
    sent.add(text)
    const reportedCode = given.code ?? null
    // Synchronous where possible, because the page may be unloading.
    const put = (one: Given) =>
      formToken ? formToken.send(one, leaving) : token.then((issued) => issued?.send(one, leaving))
    let answer = await put(given)
    // The page took a phone number that we can't: staff read it in the message.
    const wrong = new Set(answer?.problem?.errors?.map(({ path }) => path))
    if (given.email && given.phone && wrong.has('phone') && wrong.size === 1) {
      const { phone, message, ...rest } = given
      answer = await put({ ...rest, message: [message, phone].filter(Boolean).join('\n') })
    }
    if (answer?.value) page.emit('submitted', { code: reportedCode })
    else if (answer?.problem) page.emit('refused', { code: reportedCode, reason: answer.problem.code })
    else page.emit('error', { reason: 'unanswered' })
    // A rejected submission may be sent again. An accepted one leaves the form to the next friend.
    if (answer?.value) memory.clear()
    else sent.delete(text)
    formToken = null
    prepare()
  }

  /** Whoever tries the page sees what would be sent. */
  const tried = () => {
    see()
    return understand(form, options, code ?? 'from the link', memory)
  }

  follow(form, {
    typed(byFriend) {
      if (trying) return panel?.update()
      if (byFriend) begin()
      watcher?.touched(byFriend)
    },
    read: see,
    cleared: () => watcher?.cleared(),
    attempt(event, sends) {
      if (trying) return panel?.attempt(form, tried()) ?? true
      const found = see()
      const given = isValid(form) && !kindOf(form, found) ? details(memory, code) : null
      watcher?.stop()
      watcher = watch(form, { event, sends }, serverOf(page), (outcome, next) => {
        watcher = null
        if (given && (outcome === 'taken' || outcome === 'left')) send(given, outcome === 'left')
        // By some builders, each step is a form of its own.
        else if (outcome === 'step' && next) attach(next, page, options, { memory, formToken })
      })
      return false
    },
  })
  if (trying) page.part<typeof import('./try.ts')>('try').then((part) => (panel = part.show(form, tried)))
  EventTarget.prototype.addEventListener.call(document, 'goodword:referral', () => {
    formToken = null
    prepare()
  })
  prepare()
}
