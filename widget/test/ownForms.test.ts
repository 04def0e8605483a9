import { beforeAll, describe, expect, it } from 'vitest'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { settled } from '../../api/test/settled.ts'
import { typedLikeAPerson } from '../../api/test/typing.ts'
import { setupWidgetTest } from './setup.ts'
import { tag } from './site.ts'
import type { Visit } from './visit.ts'

/** Forms that a page handles in its own way, each on a page of its own kind, or together on one. */
const setup = setupWidgetTest()

const fields = '<label>Name <input name="name"></label><label>Email <input name="email"></label>'
/** The page refuses what it doesn't serve, in its own words, and says when it has taken the form. */
const picky = `<form id="picky" data-goodword onsubmit="event.preventDefault(); this.querySelector('p').textContent =
  this.zip.value.startsWith('94') ? 'sent' : 'We do not serve this area'">${fields}<input name="zip" aria-label="Zip"><button>Send</button><p></p></form>`
/** A builder's: the page marks the form, and nothing is written in words that we know. */
const marking = `<form id="marking" class="init" data-goodword novalidate onsubmit="event.preventDefault();
  this.className = this.email.value.includes('@') ? 'init sent' : 'init invalid'">${fields}<button>Go</button></form>`
/** No submit event: the button sends with fetch. */
const fetching = `<form id="fetching" data-goodword>${fields}<button type="button" onclick="fetch('/ok').then(() => this.form.replaceChildren('Thank you!'))">Send</button></form>`
/** A form without a form. */
const loose = `<div id="loose" data-goodword>${fields}<a href="#" class="btn" onclick="this.parentElement.textContent = 'We received it.'; return false">Send</a></div>`
/** Each step replaces the one before it. */
const stepped = `<form id="stepped" data-goodword onsubmit="event.preventDefault(); this.replaceChildren('Thanks!')"><div><label>First name <input name="fn"></label>
  <label>Middle name <input name="mn"></label><label>Last name <input name="ln"></label><button type="button" onclick="this.parentElement.outerHTML = this.form.lastElementChild.innerHTML">Next</button></div>
  <template><div><label>Email <input name="email"></label><label>Message <textarea name="m"></textarea></label><button>Finish</button></div></template></form>`
/** Each step is a form of its own. */
const forms = `<div id="forms"><form data-goodword onsubmit="event.preventDefault(); this.nextElementSibling.hidden = false; this.remove()">${fields}<button>Next</button></form>
  <form hidden onsubmit="event.preventDefault(); this.replaceChildren('Thanks!')"><label>Phone <input name="phone"></label><button>Finish</button></form></div>`
/** Names that say nothing, explained on the form. */
const mapped = `<form id="mapped" data-goodword data-goodword-fields="email: #x2; name: [name=x1]" onsubmit="event.preventDefault(); this.replaceChildren('Thanks!')">
  <input name="x1" aria-label="First line"><input id="x2" aria-label="Second line"><button>Send</button></form>`
/** Its fields are called like what a form has. */
const clobbered = `<form id="clobbered" data-goodword onsubmit="event.preventDefault(); document.querySelector('#said').textContent = 'Thanks!'"><fieldset id="elements">
  <input name="name" aria-label="Name"><input name="email" aria-label="Email"></fieldset><input type="hidden" name="action"><input type="hidden" name="contains"><input type="hidden" name="matches">
  <input type="hidden" name="isConnected"><input type="hidden" name="classList"><button name="submit">Send</button></form><p id="said"></p>`
/** Traps, somebody else's fields, and no name at all. */
const nameless = `<form id="nameless" data-goodword onsubmit="event.preventDefault(); this.replaceChildren('Thanks!')"><div style="position:absolute;left:-5000px"><label>Phone <input name="phone"></label></div>
  <label>Friend's email <input name="friend_email" type="email"></label><label>Your email <input name="email"></label><button>Send</button></form>`
/** Says nothing, and empties itself. */
const emptied = `<form id="emptied" data-goodword onsubmit="event.preventDefault(); setTimeout(() => this.reset(), 50)">${fields}<button>Send</button></form>`
/** Is at work for a while, and then finds something. */
const busy = `<form id="busy" data-goodword novalidate onsubmit="event.preventDefault(); const said = this.querySelector('p'); said.textContent = 'Sending…';
  setTimeout(() => { said.textContent = this.email.value.includes('@') ? 'Vielen Dank!' : 'Bitte geben Sie eine gültige Adresse ein.' }, 300)">${fields}<label>Phone <input name="phone"></label><button>Send</button><p></p></form>`
const login = `<form id="login" data-goodword onsubmit="event.preventDefault(); this.replaceChildren('Thanks!')"><label>Email <input name="email" type="email"></label><input type="password" aria-label="Password"><button>Sign in</button></form>`

beforeAll(() => {
  const all = [picky, marking, fetching, loose, stepped, forms, mapped, clobbered, nameless, login, emptied, busy].join(
    '',
  )
  setup.site.put('/all', `${tag(setup.goodword)}${all}`)
  setup.site.put('/ok', 'ok')
  setup.site.put('/thanks', '<h1>We got it</h1>')
  setup.site.put(
    '/noEvent',
    `${tag(setup.goodword)}<form id="f" action="/thanks" data-goodword>${fields}</form><a href="#" onclick="document.getElementById('f').submit(); return false">Send</a>`,
  )
  setup.site.put(
    '/left',
    `${tag(setup.goodword)}<form id="left" data-goodword>${fields}<a href="/thanks">Request our terms</a><button>Send</button></form>`,
  )
  const named = tag(setup.goodword).replace('data-key', 'data-forms="form.contact" data-fields="email: #x" data-key')
  setup.site.put(
    '/shadow',
    `${named}<site-form></site-form><script>
    customElements.define('site-form', class extends HTMLElement { connectedCallback() {
      this.attachShadow({ mode: 'open' }).innerHTML = '<form class="contact"><label>Name <input name="name"></label><input id="x" aria-label="Where"><button>Send</button><p></p></form>'
      this.shadowRoot.querySelector('form').onsubmit = (event) => { event.preventDefault(); this.shadowRoot.querySelector('p').textContent = 'Thanks!' }
    } })</script>`,
  )
})

const taken = async () => (await listReferrals(setup.goodword.world.ctx, { limit: 100, sort: 'oldest' })).items
const emails = async () => (await taken()).map(({ friend }) => friend.email)

/** Opens a page through Anna's link and waits until its forms can be sent, as if someone had typed. */
async function arrive(path: string): Promise<Visit> {
  const friend = await setup.blank()
  const drawn = friend.page.waitForResponse(`${setup.goodword.url}/embed/form*`)
  await friend.page.goto(setup.through(path))
  await drawn
  await settled(friend.page)
  await typedLikeAPerson(Date.now())
  return friend
}

describe('a form that the page handles itself', () => {
  let page: Visit['page']
  const fill = async (form: string, values: Record<string, string>) => {
    for (const [label, value] of Object.entries(values)) await page.locator(form).getByLabel(label).fill(value)
  }
  const press = (form: string, name: string) => page.locator(form).getByText(name, { exact: true }).click()

  it('is reported once, with what the page took, however it takes it', async () => {
    ;({ page } = await arrive('/all'))
    await fill('#picky', { Name: 'Ada Brook', Email: 'typo@mail.example', Zip: '10001' })
    await press('#picky', 'Send')
    await fill('#picky', { Email: 'ada@mail.example', Zip: '94110' })
    await press('#picky', 'Send')
    await fill('#marking', { Name: 'Bo Carter', Email: 'bo' })
    await press('#marking', 'Go')
    await fill('#marking', { Email: 'bo@mail.example' })
    await press('#marking', 'Go')
    await fill('#fetching', { Name: 'Cy Dunn', Email: 'cy@mail.example' })
    await press('#fetching', 'Send')
    await fill('#loose', { Name: 'Di Evans', Email: 'di@mail.example' })
    await press('#loose', 'Send')
    await fill('#stepped', { 'First name': 'Ed', 'Middle name': 'Middle', 'Last name': 'Frost' })
    await press('#stepped', 'Next')
    await fill('#stepped', { Email: 'ed@mail.example', Message: 'The tap drips.' })
    await press('#stepped', 'Finish')
    await fill('#forms form:first-child', { Name: 'Flo Gray', Email: 'flo@mail.example' })
    await press('#forms', 'Next')
    await fill('#forms', { Phone: '(415) 555-0142' })
    await press('#forms', 'Finish')
    await fill('#mapped', { 'First line': 'Gus Hall', 'Second line': 'gus@mail.example' })
    await press('#mapped', 'Send')
    await fill('#clobbered', { Name: 'Hal Ives', Email: 'hal@mail.example' })
    await press('#clobbered', 'Send')
    await page.locator('#nameless [name=phone]').evaluate((field: HTMLInputElement) => {
      field.value = '(415) 555-0666'
    })
    await fill('#nameless', { Friend: 'other@mail.example', 'Your email': 'ivy@mail.example' })
    await press('#nameless', 'Send')
    await fill('#emptied', { Name: 'Liv Moss', Email: 'liv@mail.example' })
    await press('#emptied', 'Send')
    await fill('#busy', { Name: 'Max Noll', Email: 'max' })
    await press('#busy', 'Send')
    await page.locator('#busy').getByText('Bitte geben').waitFor()
    await fill('#busy', { Email: 'max@mail.example', Phone: '555' })
    await press('#busy', 'Send')
    await fill('#login', { Email: 'login@mail.example', Password: 'x' })
    await press('#login', 'Sign in')

    await expect
      .poll(emails)
      .toEqual(expect.arrayContaining(['flo@mail.example', 'ivy@mail.example', 'max@mail.example']))
    expect(
      (await taken()).map(({ friend: { name, email, phone }, message }) => [name, email, phone, message]).sort(),
    ).toEqual([
      ['Ada Brook', 'ada@mail.example', null, null],
      ['Bo Carter', 'bo@mail.example', null, null],
      ['Cy Dunn', 'cy@mail.example', null, null],
      ['Di Evans', 'di@mail.example', null, null],
      ['Ed Frost', 'ed@mail.example', null, 'The tap drips.'],
      ['Flo Gray', 'flo@mail.example', '(415) 555-0142', null],
      ['Gus Hall', 'gus@mail.example', null, null],
      ['Hal Ives', 'hal@mail.example', null, null],
      ['Liv Moss', 'liv@mail.example', null, null],
      ['Max Noll', 'max@mail.example', null, '555'],
      ['ivy@mail.example', 'ivy@mail.example', null, null],
    ])
    const nameless = (await taken()).find(({ friend }) => friend.email === 'ivy@mail.example')
    expect(nameless?.flags).toContain('name_missing')
  })

  it('is reported if a link beside it submits it without an event', async () => {
    ;({ page } = await arrive('/noEvent'))
    await fill('#f', { Name: 'Jo King', Email: 'jo@mail.example' })
    await page.getByText('Send').click()
    await page.getByText('We got it').waitFor()
    await expect.poll(emails).toContain('jo@mail.example')
  })

  it('is not reported by a friend who leaves it by another link in it', async () => {
    ;({ page } = await arrive('/left'))
    await fill('#left', { Name: 'Ned Orr', Email: 'ned@mail.example' })
    const sent: string[] = []
    page.on('request', (request) => sent.push(new URL(request.url()).pathname))
    await page.getByText('Request our terms').click()
    await page.getByText('We got it').waitFor()
    await settled(page)
    expect(sent.filter((path) => path === '/embed/referrals')).toEqual([])
  })

  it('is found in a shadow root by the selector and the fields that the tag names', async () => {
    const friend = await setup.blank()
    page = friend.page
    const drawn = page.waitForResponse(`${setup.goodword.url}/embed/form*`)
    await page.goto(setup.through('/shadow'))
    await page.getByLabel('Name').focus()
    await drawn
    await typedLikeAPerson(Date.now())
    await page.getByLabel('Name').fill('Kay Long')
    await page.getByLabel('Where').fill('kay@mail.example')
    await page.getByText('Send').click()
    await expect.poll(emails).toContain('kay@mail.example')
  })
})
