import type { FormReport } from '@goodword/contracts'
import type { Given } from './attach.details.ts'

// The panel for whoever installs the widget: which fields of the page's own forms are understood. Only staff see it, in
// the language of the console.

export type Understood = FormReport & { given: Given | null }
export type TryPanel = {
  update(): void
  /** Shows what would be sent. True stops the page's own submission. */
  attempt(form: HTMLElement, understood: Understood): boolean
}

const names: Record<string, string> = {
  name: 'Name',
  first: 'First name',
  last: 'Last name',
  last2: 'Last name',
  email: 'Email',
  phone: 'Phone',
  area: 'Phone, area or country code',
  message: 'Message',
  answer: 'Answer',
  consent: 'Consent',
  code: 'Code',
  advocate: 'Advocate',
}
const reasons: Record<string, string> = {
  payment: 'This looks like a payment form, so nothing is taken from it.',
  login: 'This looks like a sign-in form, so nothing is taken from it.',
  search: 'This looks like a search form, so nothing is taken from it.',
  newsletter: 'This looks like a newsletter form, so nothing is taken from it.',
  comment: 'This looks like a form for comments, so nothing is taken from it.',
}
const css = `:host{all:initial;position:fixed;inset:auto 16px 16px auto;z-index:2147483647;inline-size:min(380px,calc(100vw - 32px));
max-block-size:min(560px,70vh);overflow:auto;box-sizing:border-box;padding:16px 18px;border-radius:12px;background:#fff;color:#1c2430;
border:1px solid #c9d0d9;box-shadow:0 12px 32px #0003;font:14px/1.45 system-ui,sans-serif;color-scheme:light dark}
h2{margin:0 0 4px;font-size:15px}h3{margin:14px 0 4px;font-size:14px}p{margin:4px 0}dl{display:grid;grid-template-columns:1fr 1fr;
gap:4px 12px;margin:4px 0}dt,dd{margin:0;overflow-wrap:anywhere}dt{color:#55606e}.no{color:#55606e}.bad{color:#a3201d}
.top{display:flex;justify-content:space-between;gap:12px}button{font:inherit;color:inherit;min-block-size:32px;padding:0 10px;
border:1px solid #c9d0d9;border-radius:8px;background:none;cursor:pointer}button:focus-visible{outline:2px solid #2457d6;outline-offset:2px}
@media (max-width:600px){:host{max-block-size:45vh}}
@media (prefers-color-scheme:dark){:host{background:#1b212a;color:#eef1f5;border-color:#3c4654}dt,.no{color:#aab4c0}.bad{color:#ff9a94}
button{border-color:#3c4654}button:focus-visible{outline-color:#9dbbff}}`

type Shown = { form: HTMLElement; look: () => Understood }
const shown: Shown[] = []
let panel: TryPanel | null = null

const element = (tag: string, text = '', name = '') => {
  const made = document.createElement(tag)
  made.textContent = text
  if (name) made.className = name
  return made
}

const rows = (pairs: [name: string, value: string, kind?: string][]) => {
  const list = element('dl')
  for (const [name, value, kind] of pairs) list.append(element('dt', name), element('dd', value, kind))
  return list
}

function described({ form, other, fields }: Understood): HTMLElement[] {
  const reachable = fields.some(({ field }) => field === 'email' || field === 'phone')
  return [
    element('h3', form ? `Form “${form}”` : 'Form'),
    ...(other ? [element('p', reasons[other], 'bad')] : []),
    ...(!other && !reachable
      ? [element('p', 'No email or phone field is understood here, so nothing would be sent.', 'bad')]
      : []),
    rows(
      fields.map(({ label, field }) => [
        label || 'Without a label',
        field ? (names[field] ?? field) : 'Not used',
        field ? '' : 'no',
      ]),
    ),
  ]
}

function create(): TryPanel {
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  const forms = element('div')
  const result = element('div')
  result.setAttribute('role', 'status')
  const close = element('button', 'Close')
  close.addEventListener('click', () => host.remove())
  const top = element('div', '', 'top')
  top.append(element('h2', 'Goodword reads this page'), close)
  const section = element('section')
  section.setAttribute('aria-label', 'Goodword reads this page')
  section.append(
    top,
    element(
      'p',
      'Fill in your form and send it. What would be sent is shown here, and nothing you type leaves this page.',
    ),
    result,
    forms,
  )
  root.append(section)
  Node.prototype.appendChild.call(document.documentElement, host)
  return {
    update() {
      const seen = shown.filter(({ form }) => Reflect.get(Node.prototype, 'isConnected', form))
      forms.replaceChildren(...seen.flatMap(({ look }) => described(look())))
    },
    attempt(_form, { given, other }) {
      const values = Object.entries(given ?? {}).map(([name, value]): [string, string] => [
        names[name] ?? name,
        String(value),
      ])
      result.replaceChildren(
        element('h3', given ? 'This would be sent' : 'Nothing would be sent'),
        given
          ? rows(values)
          : element('p', other ? reasons[other] : 'An email address or a phone number is missing.', 'bad'),
      )
      this.update()
      host.scrollTop = 0
      return true
    },
  }
}

/** Adds a form to the panel, which is created with the first one. */
export function show(form: HTMLElement, look: () => Understood): TryPanel {
  panel ??= create()
  shown.push({ form, look })
  panel.update()
  return panel
}
