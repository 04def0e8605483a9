import { attribute, matches, queryAll, read } from './attach.dom.ts'
import { fold, presses } from './attach.words.ts'

/** What happens to a form that is followed. */
export type Follower = {
  /** A field was changed, by the friend or by a script of the page. */
  typed(byFriend: boolean): unknown
  /** Fields may leave the page with the next click, so this is called before the page's own handlers. */
  read(): unknown
  /** The form is submitted (with the event), or a button was pressed that may send it (null). */
  /** True stops it, for whoever only tries the form. */
  attempt(event: Event | null, sends: boolean): boolean
  cleared(): void
}

const followers = new WeakMap<EventTarget, Follower>()
const roots = new WeakSet<EventTarget>()
const buttons =
  'button,input[type=button],input[type=submit],input[type=image],a,[role=button],[onclick],[class*=btn],[class*=button],[class*=submit]'
/** Followers whose form was changed since it was read. */
const unread = new Set<Follower>()
let last: HTMLElement | null = null

/** The followed forms of an event: around its target, or linked to it by `form="…"`. */
function formsOf(event: Event): HTMLElement[] {
  const path = event.composedPath()
  const [target] = path
  const linked = target instanceof HTMLElement && 'form' in target ? [target.form as EventTarget] : []
  return [...new Set([...linked, ...path])].filter((one): one is HTMLElement => one !== null && followers.has(one))
}

const readAll = () => {
  for (const follower of unread) follower.read()
  unread.clear()
}

function attempt(form: EventTarget, submitted: Event | null, sends: boolean, event: Event): void {
  if (!followers.get(form)?.attempt(submitted, sends)) return
  event.preventDefault()
  event.stopImmediatePropagation()
}

function onTyped(event: Event): void {
  for (const form of formsOf(event)) {
    const follower = followers.get(form)
    if (!follower) continue
    last = form
    unread.add(follower)
    follower.typed(event.isTrusted)
  }
  if (event.type === 'change') readAll()
}

function onClick(event: Event): void {
  readAll()
  const button = event
    .composedPath()
    .find((one): one is HTMLElement => one instanceof HTMLElement && matches(one, buttons) && !followers.has(one))
  if (!button || matches(button, '[type=reset],:disabled')) return
  const leads = matches(button, 'a[href]') && !/^\s*(?:#|javascript:|$)/i.test(attribute(button, 'href'))
  const text = fold(`${button.textContent || attribute(button, 'value') || attribute(button, 'aria-label')}`).slice(
    0,
    60,
  )
  if (leads || presses.back.test(text)) return
  const submits =
    matches(button, '[type=submit],[type=image],button:not([type])') || /submit/i.test(attribute(button, 'onclick'))
  const sends = submits || presses.send.test(text)
  const [form] = formsOf(event)
  if (form) {
    if (sends || queryAll(form, buttons).length === 1) attempt(form, null, sends, event)
  } else if (sends && last && read<boolean>(Node, 'isConnected', last) && !button.closest('form')) {
    // A button beside the form that was filled in.
    attempt(last, null, true, event)
  }
}

function onKey(event: Event): void {
  const [target] = event.composedPath()
  if ((event as KeyboardEvent).key !== 'Enter' || (event as KeyboardEvent).isComposing) return
  if (!(target instanceof HTMLInputElement) || matches(target, '[type=button],[type=submit],[type=reset]')) return
  readAll()
  const [form] = formsOf(event)
  if (form) attempt(form, null, true, event)
}

function onSubmit(event: Event): void {
  readAll()
  const target = event.composedPath()[0]
  if (target) attempt(target, event, true, event)
}

function onReset(event: Event): void {
  const target = event.composedPath()[0]
  if (target) followers.get(target)?.cleared()
}

/** Listens before the page's own handlers, which may stop an event. These events don't leave a shadow root. */
function listenIn(root: EventTarget): void {
  if (roots.has(root)) return
  roots.add(root)
  const add = (name: string, handler: (event: Event) => void) =>
    EventTarget.prototype.addEventListener.call(root, name, handler, true)
  add('submit', onSubmit)
  add('reset', onReset)
  add('change', onTyped)
  if (root !== window) return
  add('input', onTyped)
  add('click', onClick)
  add('keydown', onKey)
}

/** Follows a form, wherever in the page it is. */
export function follow(form: HTMLElement, follower: Follower): void {
  followers.set(form, follower)
  listenIn(window)
  const root = Node.prototype.getRootNode.call(form)
  if (root !== document) listenIn(root)
}

export const isFollowed = (form: HTMLElement): boolean => followers.has(form)
