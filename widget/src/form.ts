import formWords from 'virtual:words/text/en/form'
import { card } from './card.ts'
import { listen } from './dom.ts'
import css from './form.css?inline'
import { languageFor, speak } from './language.ts'
import { createFormModel, type FormModel } from './model.ts'
import type { Page } from './page.ts'
import { embedServer } from './server.ts'
import { claim, createSurface, release } from './shadowRoot.ts'

/**
 * Renders the friend form in the shadow root of `host`, once; the children of `host` show until then. Never rejects.
 * When the server is down, nothing changes; reconnecting the element retries.
 */
export async function mount(host: HTMLElement, page: Page): Promise<void> {
  if (!claim(host)) return
  try {
    const code = host.getAttribute('code') || (await page.getReferral())?.code || null
    const campaign = host.getAttribute('campaign')
    const server = embedServer(page, { lang: languageFor(host), campaign })
    const [answer, say] = await Promise.all([server.form(code), speak(host, formWords)])
    if (!answer?.value) throw answer
    const form = answer.value
    const surface = createSurface(host, form.organization.brandColor, css)
    const given = { form, drawnAt: Date.now(), code: form.advocate ? code : null, campaign, server, say }
    const model = createFormModel({ ...given, emit: page.emit, changed: () => drawn.update() })
    const submit: FormModel['submit'] = async (values, honeypot) => {
      await model.submit(values, honeypot)
      const first = model.state().step === 'thanks' ? '#title' : '[aria-invalid]'
      surface.root.querySelector<HTMLElement>(first)?.focus()
    }
    const drawn = card({ ...model, submit }, say, host.hasAttribute('logo') ? page.server : null)
    drawn.update()
    drawn.fill(page.person)
    listen('goodword:identified', () => drawn.fill(page.person))
    surface.root.append(drawn.node)
    surface.show()
  } catch {
    release(host)
    page.emit('error', { reason: 'unanswered' })
  }
}
