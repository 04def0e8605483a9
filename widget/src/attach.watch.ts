import { attribute, type Field, fieldsOf, isForm, isShown, matches, queryAll, read, textOf } from './attach.dom.ts'
import { fold, said } from './attach.words.ts'

/** What became of a form: the page took it, with it the page is left, the page refused it, or it shows the next step. */
export type Outcome = 'taken' | 'left' | 'refused' | 'step'

export type Attempt = {
  /** The submit event; null if a button was pressed and no such event may follow. */
  event: Event | null
  /** Whether the button says that it sends. */
  sends: boolean
}

/** After this long without a sign, a page that prevented the submission has taken the form. */
const quietMs = 8_000
/** How long a button may take until the page leaves. */
const leavesMs = 3_000

const connected = (element: Element) => read<boolean>(Node, 'isConnected', element)
const isText = (field: Field) =>
  !matches(field, '[type=hidden],[type=checkbox],[type=radio],[type=submit],[type=button],select')
const state = (form: Element) => fold(`${attribute(form, 'class')} ${attribute(form, 'data-status')}`).split(' ')

/** Form fields that are shown outside of the form, which can be its next step. */
const formsBeside = (parent: Element | null, form: Element) =>
  parent && connected(parent)
    ? queryAll(parent, 'form').filter((one) => one !== form && isShown(one) && fieldsOf(one).some(isShown))
    : []

type Shown = { text: string; kind: string }

/** The page says that it is still at work. */
const isWaiting = (shown: Shown[]) =>
  shown.some(({ text, kind }) => said.waiting.test(text) || /spin|load|busy|progress/.test(kind))

/**
 * Watches what the page does after an attempt to send, and says so once. The page isn't delayed or changed. `server` is
 * ours, whose requests aren't the page's. Returns a function for an input of the friend: who corrects something was
 * refused.
 */
export function watch(
  form: HTMLElement,
  { event, sends }: Attempt,
  server: string,
  decide: (outcome: Outcome, next: HTMLElement | null) => void,
): { touched(byFriend: boolean): void; cleared(): void; stop(): void } {
  const start = performance.now()
  const parent = read<Element | null>(Node, 'parentElement', form)
  const before = fieldsOf(form).filter(isShown)
  const filled = before.filter((field) => isText(field) && field.value)
  const states = state(form)
  const besides = formsBeside(parent, form)
  const touched = new Set<Element>()
  let requested = false
  let over = false
  const timers: ReturnType<typeof setTimeout>[] = []

  const finish = (outcome: Outcome | null, next: HTMLElement | null = null) => {
    if (over) return
    over = true
    mutations.disconnect()
    requests?.disconnect()
    timers.forEach(clearTimeout)
    removeEventListener('pagehide', leave)
    if (outcome) decide(outcome, next)
  }

  const native = () => event && !event.defaultPrevented

  /** What the page shows since the attempt. */
  const shown = (): Shown[] =>
    [...touched]
      .filter(
        (element) =>
          connected(element) && !element.localName.startsWith('goodword-') && isShown(element as HTMLElement),
      )
      .filter((element) => queryAll(element, 'input,textarea,select').length === 0)
      .map((element) => ({ text: fold(textOf(element).slice(0, 400)), kind: fold(attribute(element, 'class')) }))

  /** What the page shows tells; null while it tells nothing. */
  function verdict(): Outcome | null {
    const texts = shown()
    const all = texts.map(({ text }) => text).join(' . ')
    const fresh = state(form)
      .filter((word) => !states.includes(word))
      .join(' ')
    const bad = texts.some(({ text, kind }) => text && /error|invalid|danger|fail/.test(kind))
    const invalid = queryAll(form, '[aria-invalid=true]').some(isShown)
    if (invalid || /invalid|error|fail/.test(fresh)) return 'refused'
    if (said.thanks.test(all)) return 'taken'
    if (isWaiting(texts)) return null
    if (bad || said.no.test(all)) return 'refused'
    if (said.yes.test(all) || /\bsent\b|success|submitted/.test(fresh)) return 'taken'
    return filled.length > 0 && connected(form) && filled.every((field) => !field.value && isShown(field))
      ? 'taken'
      : null
  }

  function judge(late = false): void {
    if (over || native()) return
    const told = verdict()
    if (told) finish(told)
    if (over || isWaiting(shown())) return
    const now = connected(form) ? fieldsOf(form).filter(isShown) : []
    const next = formsBeside(parent, form).find((one) => !besides.includes(one)) ?? null
    if (now.some((field) => !before.includes(field))) finish('step')
    else if (before.length > 0 && now.length === 0) {
      if (next) finish('step', next)
      // The page may draw what comes next a little later.
      else if (late) finish('taken')
      else timers.push(setTimeout(() => judge(true), 400))
    }
  }

  const mutations = new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      for (const node of addedNodes.length > 0 ? addedNodes : [target]) {
        const element = node instanceof Element ? node : read<Element | null>(Node, 'parentElement', node)
        if (element) touched.add(element)
      }
    }
    judge()
  })
  const attributes = { childList: true, characterData: true, subtree: true, attributes: true }
  mutations.observe(document, attributes)
  const root = Node.prototype.getRootNode.call(form)
  if (root !== document) mutations.observe(root, attributes)

  const requests =
    'PerformanceObserver' in window
      ? new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
            if (entry.startTime < start || !/fetch|xmlhttp/.test(entry.initiatorType) || entry.name.startsWith(server))
              continue
            if (entry.responseStatus >= 400 && entry.name.startsWith(location.origin)) finish('refused')
            requested = true
          }
        })
      : null
  requests?.observe({ type: 'resource' })

  const leave = () => {
    const late = performance.now() - start > leavesMs
    finish(event || (sends && !late) ? 'left' : null)
  }
  addEventListener('pagehide', leave)
  // After the page's own handlers. If they let the browser submit the form, it leaves now.
  timers.push(setTimeout(() => (native() ? finish('left') : judge())))
  timers.push(setTimeout(() => finish(event || (sends && requested) ? 'taken' : null), quietMs))

  return {
    touched(byFriend) {
      if (filled.length > 0 && connected(form) && filled.every((field) => !field.value)) finish('taken')
      else if (byFriend) finish('refused')
    },
    cleared: () => finish('taken'),
    stop: () => finish(null),
  }
}

/** Whether the browser would accept the form's values. */
export const isValid = (form: HTMLElement): boolean =>
  matches(form, '[novalidate]') ||
  (isForm(form) ? matches(form, ':valid') : !fieldsOf(form).some((one) => matches(one, ':invalid')))
