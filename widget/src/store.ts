import type { Page } from './page.ts'

const name = 'goodword'
const daySeconds = 86_400
// Through the prototype, because an element with the same name hides the property.
const readCookies = (): string => Reflect.get(Document.prototype, 'cookie', document)
const writeCookie = (text: string) => Reflect.set(Document.prototype, 'cookie', text, document)

/** Stores the code in memory as far as consent allows, or deletes what is stored. Never throws. */
export function store({ memory, consent, tag }: Pick<Page, 'memory' | 'consent' | 'tag'>): void {
  const text = memory && Object.hasOwn(memory, 'code') && consent ? JSON.stringify(memory) : ''
  try {
    if (text) localStorage.setItem(name, text)
    else localStorage.removeItem(name)
  } catch {
    // Storage is blocked or full.
  }
  const value = `${name}=${encodeURIComponent(text)}`
  const seconds = (memory?.days ?? 90) * daySeconds
  try {
    const wanted = tag.getAttribute('data-cookie-domain')
    // "com", "example.com" and "www.example.com". At last only the host itself, because WebKit takes no domain like
    // "localhost" or an IP address.
    const all = location.hostname.split('.').map((_, n, labels) => labels.slice(-n - 1).join('.'))
    all.push('')
    const domains = wanted ? [wanted] : all
    // Deleted everywhere first: of two cookies with one name, browsers send the more specific one.
    for (const domain of [...domains, ...all]) setCookie(`${name}=`, domain, 0)
    // Browsers refuse a cookie for "com" or "co.uk", so the first one that stays is for the whole website.
    if (text)
      for (const domain of domains) {
        setCookie(value, domain, seconds)
        if (readCookies().includes(value)) break
      }
  } catch {
    // A sandboxed page.
  }
}

const setCookie = (value: string, domain: string, seconds: number) =>
  writeCookie(
    `${value};path=/;${domain && 'domain='}${domain};max-age=${seconds};samesite=lax${location.protocol === 'https:' ? ';secure' : ''}`,
  )
