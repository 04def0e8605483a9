import { options, render } from 'preact'
import { Card } from './card.tsx'
import css from './form.css?inline'
import { createFormModel, type FormModel } from './model.ts'
import type { Page } from './page.ts'
import { followPage } from './scheme.ts'
import { embedServer } from './server.ts'

// A page may have put members on Object.prototype; rendered props must not inherit them as attributes.
options.vnode = (vnode) => {
  if (typeof vnode.props === 'object') Object.setPrototypeOf(vnode.props, null)
}

const drawn = new WeakSet<HTMLElement>()

/**
 * Draws the friend form in the shadow root of `host`, once; the children of `host` show until then. Never rejects. When the
 * server does not answer nothing changes, and connecting the element again tries again.
 */
export async function mount(host: HTMLElement, page: Page): Promise<void> {
  if (drawn.has(host)) return
  drawn.add(host)
  try {
    const code = host.getAttribute('code') || (await page.getReferral())?.code || null
    const server = embedServer(page)
    const answer = await server.form(code)
    if (!answer?.value) throw answer
    const root = createRoot(answer.value.organization.brandColor)
    const model = createFormModel({
      form: answer.value,
      drawnAt: Date.now(),
      code,
      server,
      emit: page.emit,
      changed: draw,
    })
    const submit: FormModel['submit'] = async (values, honeypot) => {
      await model.submit(values, honeypot)
      const first = model.state().step === 'thanks' ? '#title' : '[aria-invalid]'
      root.querySelector<HTMLElement>(first)?.focus()
    }
    function draw() {
      render(<Card model={{ ...model, submit }} />, root)
    }
    draw()
    show(host, root)
  } catch {
    drawn.delete(host)
  }
}

function createRoot(brandColor: string): HTMLElement {
  const root = document.createElement('div')
  root.className = 'root'
  root.style.setProperty('--organization', brandColor)
  return root
}

/** A constructed style sheet and no style attribute: a page that forbids inline styles shows the form all the same. */
function show(host: HTMLElement, root: HTMLElement) {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  const shadow = host.attachShadow({ mode: 'open' })
  shadow.adoptedStyleSheets = [sheet]
  shadow.append(root)
  followPage(root)
}
