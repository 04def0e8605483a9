import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { setupWidgetTest } from './setup.ts'
import type { Visit } from './visit.ts'

/**
 * Forms in the markup of builders, five languages and by hand, one after the other in each file, each after a comment
 * with its name. `t` says what a field is for and is read by this test only.
 */
const folder = new URL('./forms/', import.meta.url)
const corpus = readdirSync(folder).flatMap((file) =>
  readFileSync(new URL(file, folder), 'utf8')
    .split(/^<!-- (.+) -->\n/m)
    .slice(1)
    .reduce<{ name: string; html: string }[]>((forms, text, at, all) => {
      if (at % 2 === 0) forms.push({ name: `${file}: ${text}`, html: all[at + 1] ?? '' })
      return forms
    }, []),
)

const fields = ['name', 'email', 'phone', 'message'] as const
type Details = { [field in (typeof fields)[number]]?: string | undefined }

declare global {
  interface Window {
    understand(
      form: Element,
      options: object,
      code: string,
    ): { given: Details | null; fields: { label: string; field: string | null }[] }
  }
}

const setup = setupWidgetTest()
let page: Visit['page']
beforeAll(async () => {
  const part = `${setup.goodword.url}/widget/v1/forms.js`
  const script = `<script type="module">import { understand } from '${part}'; window.understand = understand</script>`
  setup.site.put('/forms', `<main></main>${script}`)
})

/** Fills a form in like a friend, every other field with something else, and asks what would be sent. */
async function understood(html: string): Promise<{ truth: Details; given: Details }> {
  return page.evaluate(
    ({ html }) => {
      const main = document.querySelector('main')
      if (!main) throw new Error('There is no place for the form.')
      main.innerHTML = html
      const values: Record<string, string> = {
        first: 'Ada',
        last: 'Brook',
        name: 'Ada Brook',
        email: 'ada@mail.example',
        area: '415',
        phone: '555 0199',
        message: 'The tap drips.',
      }
      const seen = new Set<string>()
      for (const field of main.querySelectorAll<HTMLInputElement>('input,textarea,select')) {
        const is = field.getAttribute('t')
        if (is) seen.add(is)
        if (/checkbox|radio/.test(field.type)) field.checked = true
        else if (field.localName === 'select') field.value = is ? 'GB' : field.value
        else if (!/hidden|submit|button|date/.test(field.type))
          field.value =
            (is ? values[is] : undefined) ??
            (field.type === 'email' ? 'wrong@other.example' : /tel|number/.test(field.type) ? '99999' : 'Wrong')
      }
      const form = main.querySelector('form') ?? (main.firstElementChild as HTMLElement)
      const { given } = window.understand(form, {}, 'CODE')
      const select = main.querySelector('select[t=area]')
      const prefix = seen.has('area') ? (select ? '+44 ' : '415 ') : ''
      return {
        truth: {
          name: seen.has('name') || seen.has('first') ? values.name : undefined,
          email: seen.has('email') ? values.email : undefined,
          phone: seen.has('phone') ? prefix + values.phone : undefined,
          message: seen.has('message') ? values.message : undefined,
        },
        given: given ?? {},
      }
    },
    { html },
  )
}

describe("the business's own forms", () => {
  it('are understood: what is taken is right, and little is missed', async () => {
    const visit = await setup.open('/forms')
    page = visit.page
    const found: { name: string; truth: Details; given: Details }[] = []
    for (const { name, html } of corpus) found.push({ name, ...(await understood(html)) })

    const rows = fields.map((field) => {
      const taken = found.filter(({ given }) => given[field] !== undefined)
      const present = found.filter(({ truth }) => truth[field] !== undefined)
      const right = taken.filter(({ truth, given }) => truth[field] === given[field])
      return { field, forms: present.length, taken: taken.length, right: right.length }
    })
    const wholes = found.filter(({ truth, given }) => fields.every((field) => truth[field] === given[field]))
    const lines = rows.map(
      ({ field, forms, taken, right }) =>
        `${field.padEnd(8)} ${`${forms}`.padStart(3)} forms, precision ${((100 * right) / taken).toFixed(1)} %, recall ${((100 * right) / forms).toFixed(1)} %`,
    )
    process.stdout.write(`${corpus.length} forms, ${wholes.length} whole\n${lines.join('\n')}\n`)
    for (const one of found.filter((one) => !wholes.includes(one)))
      process.stdout.write(
        `${one.name}\n  wanted ${JSON.stringify(one.truth)}\n  given  ${JSON.stringify(one.given)}\n`,
      )

    expect(corpus.length).toBeGreaterThanOrEqual(60)
    for (const { taken, right, forms } of rows) {
      expect(right / taken).toBeGreaterThanOrEqual(0.99)
      expect(right / forms).toBeGreaterThanOrEqual(0.95)
    }
    expect(found.filter(({ name, given }) => name.startsWith('notFriends') && Object.keys(given).length > 0)).toEqual(
      [],
    )
  })

  it('are shown with each field under its own text, also where only a placeholder is', async () => {
    page = (await setup.open('/forms')).page
    const fields = await page.evaluate(() => {
      const main = document.querySelector('main')
      if (!main) throw new Error('There is no place for the form.')
      main.innerHTML = `<form><p><label>Vor- und Nachname<input name="your-name"></label></p><p><label>Best number<input name="f2"></label></p>
        <p><input name="mail" placeholder="you@example.com"></p><p><textarea name="msg" placeholder="How can we help?"></textarea></p></form>`
      return window.understand(main.firstElementChild as Element, {}, 'CODE').fields
    })
    expect(fields.map(({ label, field }) => [label, field])).toEqual([
      ['Vor- und Nachname', 'name'],
      ['Best number', 'phone'],
      ['you@example.com', 'email'],
      ['How can we help?', 'message'],
    ])
  })
})
