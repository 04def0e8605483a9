import { codesInAddress, isIssuedCode } from '@goodword/domain/referralLinks'
import { type Page, serverOf } from './page.ts'
import { store } from './store.ts'
import { version } from './version.ts'

/** The same link again within this time is a reload, not another visit. */
const visitMs = 30 * 60_000
/** How long the server has to answer before a code that looks like ours is stored without it. */
const patienceMs = 2_000
let atFirst = true

/**
 * Looks for a code in the address, and asks the server which one exists. Other tools use ?ref= too, so what the server
 * doesn't know isn't stored. If it doesn't answer, a code as we create them is, and this rejects, to be tried again.
 * Without an address, only stores what is in memory.
 */
export async function mount(address: string | undefined, page: Page): Promise<void> {
  if (address === undefined) return store(page)
  const codes = candidatesIn(address)
  const [likeliest] = codes
  if (!likeliest) return
  const before = page.kept()
  const at = Date.now()
  // Only what the server confirmed has days.
  if (before?.days && codes.includes(before.code) && before.at > at - visitMs) return
  const unsure = !before && isIssuedCode(likeliest)
  if (unsure) page.memory = { code: likeliest, at }
  const late = setTimeout(() => unsure && store(page), patienceMs)
  const answer = await visit(page, codes).finally(() => clearTimeout(late))
  if (answer === null) {
    if (unsure) store(page)
    throw new Error('No answer.')
  }
  // Refused, such as on a website that isn't on the list: nothing is known of the code.
  if (typeof answer.known !== 'boolean') return
  const { known } = answer
  // The page may have extended Object.prototype.
  const code = (Object.hasOwn(answer, 'code') && answer.code) || likeliest
  const days = (Object.hasOwn(answer, 'days') && answer.days) || 90
  page.memory = known ? { ...(before?.code === code ? before : {}), code, at, days } : before
  if (known || unsure) store(page)
}

function candidatesIn(address: string): string[] {
  const codes = codesInAddress(address)
  // A router may have cleaned the address before the tag ran.
  const opened = atFirst && codes.length === 0 ? performance.getEntriesByType('navigation')[0]?.name : null
  atFirst = false
  return opened ? codesInAddress(opened) : codes
}

type Answer = { known?: boolean; code?: string; days?: number }

async function visit(page: Page, codes: string[]): Promise<Answer | null> {
  try {
    // Without a prototype: fetch reads inherited members, and a page may have extended Object.prototype.
    const init = { __proto__: null, method: 'POST', keepalive: true, credentials: 'omit' } as RequestInit
    const url = `${serverOf(page)}/embed/visits?code=${encodeURIComponent(codes.join(','))}&v=${version}&key=${page.key}`
    const response = await fetch(url, init)
    return response.status < 500 ? await response.json() : null
  } catch {
    return null
  }
}
