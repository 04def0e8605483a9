import type { Page } from './page.ts'

// Takes the code along to other domains of the same business, which the tag lists in `data-domains`. Links and forms of
// the page stay as they are: a link has the code in its address only while the browser handles an event on it.

const moments = ['click', 'auxclick', 'contextmenu']
const holders = /^(ref|via|referral)$/i
let started = false

/** Never rejects. `tag` has the list, such as `data-domains="book.example shop.example"`. */
export async function mount(tag: HTMLElement, page: Page): Promise<void> {
  if (started) return
  started = true
  const hosts = (tag.getAttribute('data-domains') || '')
    .toLowerCase()
    .split(/[\s,]+/)
    .flatMap((entry) => hostOf(entry) ?? [])
  let code: string | undefined
  const update = async () => {
    code = (await page.getReferral())?.code
  }
  await update()
  addEventListener.call(document, 'goodword:referral', update)

  const leadsOut = (url: URL | null): url is URL =>
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.host !== location.host &&
    hosts.some((host) => url.host === host || url.hostname === host || url.hostname.endsWith(`.${host}`))

  for (const moment of moments)
    addEventListener(
      moment,
      (event) => {
        const link = linkOf(event)
        const href = link?.getAttribute('href')
        const url = link && href ? addressOf(href) : null
        if (!link || !href || !leadsOut(url) || !code || [...url.searchParams.keys()].some((key) => holders.test(key)))
          return
        update()
        const taken = withCode(href, code)
        link.setAttribute('href', taken)
        // By then the browser has read the address.
        setTimeout(() => {
          if (link.getAttribute('href') === taken) link.setAttribute('href', href)
        })
      },
      true,
    )

  let submitted: { form: unknown; button: HTMLElement | null } | null = null
  addEventListener(
    'submit',
    (event) => {
      submitted = { form: event.target, button: event.submitter }
    },
    true,
  )
  // The fields of a form while it is sent, with its own elements unchanged.
  addEventListener('formdata', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !code) return
    const button = submitted?.form === form ? submitted.button : null
    const given = (name: string) => button?.getAttribute(`form${name}`) ?? attributeOf(form, name)
    if (/^(post|dialog)$/i.test(given('method') || '') || !leadsOut(addressOf(given('action') || ''))) return
    if (![...event.formData.keys()].some((key) => holders.test(key))) event.formData.append('ref', code)
  })
}

/** A field with the same name hides a property of its form. */
const attributeOf = (form: HTMLFormElement, name: string) => Element.prototype.getAttribute.call(form, name)

/** The host, with a port if one is given, of `book.example`, `*.book.example` or `https://book.example/`. */
function hostOf(entry: string): string | null {
  const [, host] = /^(?:https?:\/\/)?(?:\*?\.)?([^/?#\s]+)/.exec(entry) ?? []
  return host ?? null
}

/** Everything else in the address stays as it is written. */
function withCode(href: string, code: string): string {
  const [address = '', ...hash] = href.split(/(?=#)/)
  return `${address}${address.includes('?') ? '&' : '?'}ref=${encodeURIComponent(code)}${hash.join('')}`
}

function addressOf(text: string): URL | null {
  try {
    return new URL(text, document.baseURI)
  } catch {
    return null
  }
}

/** The link that an event is about, also in a shadow root. */
function linkOf(event: Event): HTMLAnchorElement | HTMLAreaElement | null {
  for (const target of event.composedPath())
    if (target instanceof HTMLAnchorElement || target instanceof HTMLAreaElement) return target
  return null
}
