import bannerWords from 'virtual:words/text/en/banner'
import css from './banner.css?inline'
import { h } from './dom.ts'
import { languageFor, speak } from './language.ts'
import { cross, keepFocusInSight } from './overlay.ts'
import type { Page } from './page.ts'
import { embedServer } from './server.ts'
import { claim, createSurface, release } from './shadowRoot.ts'

/**
 * Shows friends who came through a link what they get. Hidden for everyone else, and after they dismiss it. Never
 * rejects; stays hidden when the server is down.
 */
export async function mount(host: HTMLElement, page: Page): Promise<void> {
  if (!claim(host)) return
  try {
    const referral = await page.getReferral()
    const code = host.getAttribute('code') || referral?.code
    if (!code || referral?.dismissed) throw referral
    const lang = languageFor(host)
    const [answer, say] = await Promise.all([embedServer(page, { lang }).form(code), speak(host, bannerWords)])
    const form = answer?.value
    if (!form?.advocate || form.closed) throw answer
    const { firstName } = form.advocate
    const { offer, organization } = form
    const text = offer?.figure ? say('gave', firstName, offer.sentence) : say('sentYou', firstName, organization.name)
    const surface = createSurface(host, organization.brandColor, css)
    const href = host.getAttribute('href')
    const dismiss = () => {
      if (referral) page.keep({ ...referral, dismissed: true })
      host.remove()
    }
    surface.root.append(
      h(
        'section',
        { class: 'banner', part: 'banner', 'aria-label': say('gift') },
        h('p', { class: 'from', role: 'status' }, text),
        href && h('a', { href, part: 'link' }, say('see')),
        h(
          'button',
          { class: 'close', part: 'close', type: 'button', 'aria-label': say('dismiss'), onclick: dismiss },
          cross(),
        ),
      ),
    )
    surface.show()
    keepFocusInSight(host)
  } catch {
    release(host)
  }
}
