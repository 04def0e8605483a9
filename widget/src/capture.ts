import type { RecordedVisit } from '@goodword/contracts'
import { codesInAddress, isIssuedCode } from '@goodword/domain/referralLinks'
import { findAll } from './document.ts'
import { type Landing, type Page, serverOf } from './page.ts'
import { store } from './store.ts'
import { version } from './version.ts'

/** The same link again within this time is a reload, not another visit. */
const visitMs = 30 * 60_000
/** How long the elements of the page have to take the visit along, and the server to confirm a code before it is stored. */
const patienceMs = 2_000
const elements =
  'goodword-form,goodword-share,goodword-banner,goodword-launcher,div[data-goodword]:not([data-goodword=""])'
let first: string | undefined

/**
 * Looks for a code in the address, and asks the server which one exists: together with the elements of the page, or alone
 * if it has none. Other tools use ?ref= too, so what the server doesn't know isn't stored. If it doesn't answer, a code as
 * we create them is, and this rejects, to be tried again. Without an address, only stores what is in memory.
 */
export async function mount(address: string | undefined, page: Page): Promise<void> {
  if (address === undefined) return store(page)
  const codes = candidatesIn(address)
  const [likeliest] = codes
  if (!likeliest) return
  const before = page.kept()
  const same = before && codes.includes(before.code)
  const at = Date.now()
  // Only what the server confirmed has days.
  if (same && before.days && before.at > at - visitMs) return
  const unsure = !before && isIssuedCode(likeliest)
  if (unsure) page.memory = { code: likeliest, at }
  let answer: Partial<RecordedVisit> | undefined
  const guess = () => !answer && unsure && store(page)
  try {
    answer =
      (await taken(page, { ...(same && before), code: likeliest, codes, kept: before?.code }, guess)) ??
      (await tell(page, codes))
  } finally {
    guess()
  }
  const { known, code = likeliest, days = 90 } = answer
  // Refused, such as on a website that isn't on the list: nothing is known of the code.
  if (known === undefined) return
  page.memory = known ? { ...(before?.code === code && before), code, at, days } : before
  if (known || unsure) store(page)
}

/**
 * Lets the elements of the page take the visit along, which saves a request. Resolves to undefined if none does.
 */
const taken = (page: Page, offered: Omit<Landing, 'told'>, late: () => void) =>
  new Promise<Partial<RecordedVisit> | undefined>((told) => {
    const landing: Landing = { ...offered, told }
    const withdraw = () => {
      if (landing.codes) told(undefined)
      landing.codes = undefined
    }
    const look = () =>
      findAll(elements).some(({ shadowRoot }) => !shadowRoot) || document.readyState === 'loading' || withdraw()
    setTimeout(() => {
      late()
      withdraw()
    }, patienceMs)
    addEventListener('pagehide', withdraw)
    addEventListener('DOMContentLoaded', look)
    page.landing = landing
    page.land?.()
    page.landed = undefined
    look()
  })

function candidatesIn(address: string): string[] {
  const codes = codesInAddress(address)
  first ??= address
  // A router may have cleaned the address before the tag ran.
  const opened = first === address && codes.length === 0 ? performance.getEntriesByType('navigation')[0]?.name : null
  return opened ? codesInAddress(opened) : codes
}

/** Rejects without an answer. */
async function tell(page: Page, codes: string[]): Promise<Partial<RecordedVisit>> {
  // Without a prototype: fetch reads inherited members, and a page may have extended Object.prototype.
  const init = { __proto__: null, method: 'POST', keepalive: true, credentials: 'omit' } as RequestInit
  const url = `${serverOf(page)}/embed/visits?code=${encodeURIComponent(codes.join())}&v=${version}&key=${page.key}`
  const response = await fetch(url, init)
  if (response.status >= 500) throw response
  return { __proto__: null, ...(await response.json()) }
}
