import type { Kind, Page } from '../page.ts'
import type { Question } from './answers.ts'
import { attributeOf } from './attributes.ts'
import { languageFor } from './language.ts'

/** What an element of this kind asks our server. null while it has nothing to show. */
export async function questionOf(host: HTMLElement, page: Page, kind: Kind): Promise<Question | null> {
  const lang = languageFor(host)
  const own = attributeOf(host, 'code')
  const advocate = own || page.person?.code || null
  const forAdvocates = kind === 'share' || (kind === 'launcher' && attributeOf(host, 'panel') === 'share')
  page.landed ??= new Promise((land) => {
    page.land = land
  })
  if (!page.landing?.codes) await Promise.race([page.landed, page.getReferral()])
  // Also waits where the code is known, so that the elements of a page ask together.
  const referral = page.landing?.codes ? page.landing : await page.getReferral()
  if (kind === 'leaderboard') return { about: kind, lang, code: null, period: attributeOf(host, 'period') }
  const friend = own || (kind === 'launcher' && page.person?.code) || referral?.code || null
  const code = forAdvocates ? advocate || (kind === 'launcher' ? friend : null) : friend
  if (!code && (kind === 'share' || kind === 'banner')) return null
  if (kind === 'banner' && referral?.dismissed) return null
  const campaign = attributeOf(host, 'campaign') || (kind === 'form' ? null : undefined)
  return { about: forAdvocates && code ? 'share' : 'form', lang, code, campaign }
}
