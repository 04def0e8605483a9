import type { EmbedForm, SubmittedReferral } from '@goodword/contracts'
import { h, icon, mark } from './dom.ts'
import { friendForm } from './friendForm.ts'
import type { Say } from './language.ts'
import type { FormModel } from './model.ts'
import type { Person } from './page.ts'
import { invitation, voucher } from './voucher.ts'

export type Card = {
  node: HTMLElement
  /** Renders the model's state. */
  update(): void
  /** Prefills empty fields with what is known about the visitor. */
  fill(person: Person): void
}

const heading = (text: string) => h('h2', { id: 'title', class: 'title', part: 'title', tabindex: -1 }, text)
const end = (...children: (Node | false)[]) => h('div', { class: 'end' }, ...children, mark())

/** The whole card in the model's current step. `server` is the origin of the logo; null shows none. */
export function card(model: FormModel, say: Say, server: string | null): Card {
  const { form } = model.state()
  const fields = friendForm(model, say)
  const node = h('section', { class: 'card', part: 'card', 'aria-labelledby': 'title' })
  let shown = ''
  const become = (step: string, ...children: (Node | null)[]) => {
    if (shown === step) return
    shown = step
    node.replaceChildren(...children.filter((child) => child !== null))
  }
  return {
    node,
    fill: fields.fill,
    update() {
      const { step, done } = model.state()
      fields.update()
      if (step === 'closed') become(step, ...closed(form, say))
      else if (done) become('thanks', ...thanks(form, done, say))
      else become('form', ...top(form, say, server), fields.node, end(h('p', { class: 'fine' }, form.privacyNote)))
    },
  }
}

function top(form: EmbedForm, say: Say, server: string | null): (Node | null)[] {
  const title = heading(invitation(form, say))
  const { logo, name } = form.organization
  return [
    form.test ? h('p', { class: 'test', part: 'test' }, say('test')) : null,
    logo && server !== null
      ? h('img', { class: 'logo', part: 'logo', src: server + logo, alt: name, height: 40 })
      : null,
    form.offer ? voucher({ ...form, offer: form.offer }, say, title) : title,
  ]
}

function thanks(form: EmbedForm, done: SubmittedReferral, say: Say): (Node | null)[] {
  const { offer, advocateFirstName } = done
  const reward = offer.sentence.replace(offer.figure || '', '').trim()
  return [
    form.test ? h('p', { class: 'test', part: 'test' }, say('test')) : null,
    h(
      'div',
      { class: 'done' },
      h('span', { class: 'tick' }, icon('done')),
      h('div', {}, heading(done.title), advocateFirstName && h('p', {}, say('noted', advocateFirstName))),
    ),
    offer.sentence ? voucher({ ...form, offer }, say, h('p', { class: 'title reward' }, reward)) : null,
    h('ol', { class: 'steps' }, ...done.steps.map((step) => h('li', {}, h('span', {}, step)))),
    end(),
  ]
}

function closed({ closed: why, organization: { phone } }: EmbedForm, say: Say): (Node | null)[] {
  const href = `tel:${phone?.replace(/[^+\d]/g, '')}`
  return [
    heading(why?.sentence || ''),
    phone ? h('a', { class: 'button', part: 'button', href, dir: 'auto' }, say('call', phone)) : null,
    end(),
  ]
}
