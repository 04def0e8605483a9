import { attribute, fieldsOf, isForm, matches, queryAll, walk } from './attach.dom.ts'
import { ours, readMapping } from './attach.mapping.ts'
import type { AttachOptions, Page } from './page.ts'
import { place } from './place.ts'

// Finds the page's own forms. What understands and sends them is a part of its own, loaded for friends only.

const known = new WeakSet<HTMLElement>()
/** Opened from the console to see what is understood. */
const trying = /[#&]goodword-try\b/.test(location.hash)
let watching = false

/** The tag, if it names the business's forms: `data-forms="form.contact"`. */
const tag = () => queryAll(document, 'script[data-forms]')[0]

/** Sets up every element with `data-goodword` and the forms that the tag names, including those added later. */
export async function mount(_subject: undefined, page: Page): Promise<void> {
  if (watching) return
  watching = true
  if (attribute(page.tag, 'data-domains')) takeAlong(page)
  const named = tag()
  const selector = named ? attribute(named, 'data-forms') : ''
  const fields = named ? readMapping(attribute(named, 'data-fields')) : {}
  const take = (host: HTMLElement) => {
    if (isForm(host) || !attribute(host, 'data-goodword')) attachWithin(host, page)
    else place(host, page)
  }
  const takeNamed = (host: HTMLElement) => attachWithin(host, page, { fields })
  const look = () => {
    queryAll(document, '[data-goodword]').forEach(take)
    if (selector) queryAll(document, selector).forEach(takeNamed)
  }
  look()
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
  if (!selector) return
  const takeIfNamed = (host: unknown) => host instanceof HTMLElement && matches(host, selector) && takeNamed(host)
  walk(document, takeIfNamed)
  // Shadow roots aren't observed: a form in one is found when the friend comes to it.
  addEventListener('focusin', (event) => event.composedPath().forEach(takeIfNamed))
}

/** Loads what takes the code along to the business's other domains, as soon as there is one. */
function takeAlong(page: Page): void {
  const tryToTake = async () => {
    if (await page.getReferral()) page.draw('outbound', page.tag)
  }
  EventTarget.prototype.addEventListener.call(document, 'goodword:referral', tryToTake)
  tryToTake()
}

/** Attaches a form, the forms in an element, or an element whose fields are in no form. */
function attachWithin(host: HTMLElement, page: Page, options?: AttachOptions): void {
  const inner = isForm(host) ? [] : queryAll(host, 'form')
  if (inner.length > 0) for (const form of inner) attach(form, page, options)
  else if (isForm(host) || fieldsOf(host).length > 0) attach(host, page, options)
}

/** The global's method. Throws a TypeError for anything but a form, an element with fields, or a selector of one. */
export function attachTo(page: Page, target: HTMLElement | string, options: AttachOptions): void {
  let host: unknown = target
  if (typeof target === 'string') {
    host = queryAll(document, target)[0]
    walk(document, (element) => {
      if (!host && matches(element, target)) host = element
    })
  }
  if (!(host instanceof HTMLElement)) throw new TypeError('attachTo takes a form or a selector of one.')
  const unknown = Object.keys(options.fields ?? {}).find((name) => !(ours as readonly string[]).includes(name))
  if (unknown !== undefined) throw new TypeError(`attachTo knows no field "${unknown}", only ${ours.join(', ')}.`)
  attachWithin(host, page, options)
}

/** Whether a form asks for the advocate or the code, so that it also matters without a link. */
const asksWho = (form: HTMLElement, { fields }: AttachOptions) =>
  Boolean(fields?.advocate || fields?.code) ||
  /\b(?:advocate|code)\s*:/.test(attribute(form, 'data-goodword-fields')) ||
  queryAll(form, '[data-goodword-field=advocate],[data-goodword-field=code]').length > 0

/** From now on, a form's details are also sent to us, as soon as there is a code or if it asks for one. */
function attach(form: HTMLElement, page: Page, options: AttachOptions = {}): void {
  if (known.has(form)) return
  known.add(form)
  const look = async () => {
    const code = (await page.getReferral())?.code ?? null
    writeCode(form, code)
    if (code || trying || asksWho(form, options)) page.draw('forms', { form, options })
  }
  const tryToLook = () => look().catch(() => {})
  EventTarget.prototype.addEventListener.call(document, 'goodword:referral', tryToLook)
  tryToLook()
}

/** Adds the code to the page's own submission, in the field named by `data-goodword-code`. */
function writeCode(form: HTMLElement, code: string | null) {
  const name = attribute(form, 'data-goodword-code')
  if (!name) return
  const known = fieldsOf(form).find((element) => attribute(element, 'name') === name)
  const field = known ?? document.createElement('input')
  if (!known) {
    field.type = 'hidden'
    field.name = name
    Element.prototype.append.call(form, field)
  }
  field.value = code ?? ''
}
