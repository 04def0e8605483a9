import { languages, templateNames } from '@goodword/contracts'
import { wordsIn } from '@goodword/words/server'
import { describe, expect, it } from 'vitest'
import { defaultTemplate } from './customTemplates.render.ts'
import { examplesIn, exampleValues as values } from './messages.examples.ts'
import { htmlOf } from './messages.html.ts'
import { renderMessage } from './messages.templates.ts'

const mail = { channel: 'email', withLink: true } as const
const toFriend = (friendFirstName: string) =>
  renderMessage('referral_received_friend', { ...values.referral_received_friend, friendFirstName }, mail)

describe('message texts', () => {
  it('are plain: no exclamation mark, no "please", no empty value', () => {
    for (const template of templateNames) {
      const { subject, body } = renderMessage(template, values[template] as never, mail)
      expect(`${subject}\n${body}`).not.toMatch(/!|please|undefined|null/i)
      const text = renderMessage(template, values[template] as never, { channel: 'sms', withLink: true })
      expect(text.body).not.toMatch(/!|please|undefined|null|\n/i)
    }
  })

  it('say how much and when', () => {
    expect(renderMessage('reward_earned', values.reward_earned, mail)).toEqual({
      subject: 'You earned $112.50 at Harbor & Sons',
      body: [
        'Hi Anna,',
        'A friend you sent to Harbor & Sons booked a job. You earned $112.50.',
        'You can use it starting Jun 12.',
        'See your credit:\n{{link}}',
        'Harbor & Sons',
      ].join('\n\n'),
    })
  })

  it('tell the advocate that someone is interested, never who', () => {
    const { body } = renderMessage('referral_received_advocate', values.referral_received_advocate, mail)
    expect(body).toContain('Someone is interested in Harbor & Sons because of you.')
    expect(body).not.toContain('Priya')
  })

  it("leave out the paragraph of a link that isn't included", () => {
    const { body } = renderMessage('reward_released', values.reward_released, { channel: 'email', withLink: false })
    expect(body).not.toContain('{{link}}')
    expect(body).not.toContain('See your credit')
  })

  it.each([
    ['https://evil.example'],
    ['Priya www.evil.example'],
    ['evil.example'],
    ['evil.example/prize'],
    ['prize@evil.example'],
    ['HTTPS://EVIL.EXAMPLE'],
    ['\u202eelpmaxe.live//:sptth'],
    [' \u0000 '],
    [''],
  ])('never let a stranger named %j put a URL into an email', (name) => {
    expect(toFriend(name).body.split('\n\n')[0]).toBe('Hi there,')
    const staff = { ...values.referral_received_staff, advocateFirstName: name }
    expect(renderMessage('referral_received_staff', staff, mail).body).toContain('Someone left their details')
    const unknown = { ...staff, advocateFirstName: null, advocateNamed: name }
    expect(renderMessage('referral_received_staff', unknown, mail).body).toContain('They wrote who sent them.')
  })

  it('keep a name on its line and within forty characters', () => {
    expect(toFriend('Priya\r\nBcc: all@evil').body).not.toMatch(/\r|Bcc: all@evil/)
    expect(toFriend('Priya\n\nClick:\nhere').body.split('\n\n')[0]).toBe('Hi Priya Click: here,')
    expect(toFriend('P'.repeat(100)).body.split('\n\n')[0]).toBe(`Hi ${'P'.repeat(39)}…,`)
    expect(toFriend('{{link}}').body.split('\n\n')[0]).toBe('Hi link,')
    expect(toFriend('José-María').body.split('\n\n')[0]).toBe('Hi José-María,')
  })
})

describe.each(languages)('messages in %s', (language) => {
  const words = wordsIn(language)
  const examples = examplesIn(words)
  const slots = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

  it('use the same placeholders as the English ones, in emails and texts', () => {
    for (const template of templateNames) {
      for (const channel of ['email', 'sms'] as const) {
        const [mine, english] = [defaultTemplate(template, channel, language), defaultTemplate(template, channel)]
        expect([template, channel, slots(mine.body)]).toEqual([template, channel, slots(english.body)])
        expect([template, slots(mine.subject)]).toEqual([template, slots(english.subject)])
        if (language !== 'en') expect(mine.body).not.toBe(english.body)
      }
    }
  })

  it('leave no placeholder empty, and texts keep to the limit with a long name and a long reason', () => {
    for (const template of templateNames) {
      const long = { ...examples[template], organizationName: 'H'.repeat(100), reason: 'r'.repeat(200) }
      const text = renderMessage(template, long as never, { channel: 'sms', withLink: true, words })
      expect(text.body.length).toBeLessThanOrEqual(480)
      expect(text.body).not.toMatch(/[\u00a0\u202f’]/)
      const { subject, body } = renderMessage(template, examples[template] as never, { ...mail, words })
      const whole = `${subject}\n${body}\n${text.body}`.replaceAll('{{link}}', 'https://a.example')
      expect(whole).not.toMatch(/[{}⟦⟧!]|undefined|null|\.\.|\.,/)
      expect(body).toMatch(/:\n(https?:|\{\{link)/)
    }
  })

  it('greet someone whose name looks like a URL without a name', () => {
    const to = { ...examples.reward_released, firstName: 'www.evil.example' }
    const { body } = renderMessage('reward_released', to, { ...mail, words })
    expect(body.split('\n\n')[0]).toBe(words.say('email.helloAll'))
  })

  it('say how a reward is paid: now, later, after approval, or as a code', () => {
    const welcome = { ...examples.friend_welcome, credit: 'CREDIT' }
    const ways = [
      welcome,
      { ...welcome, until: 'DAY' },
      { ...welcome, waits: 'approval' as const },
      { ...welcome, waits: 'code' as const },
      { ...welcome, code: 'K7P' },
      { ...welcome, credit: null },
    ].map((values) => renderMessage('friend_welcome', values, { ...mail, words }).body)
    expect(new Set(ways).size).toBe(ways.length)
    expect(ways[1]).toContain('DAY')
    expect(ways[4]).toContain('K7P')
    expect(ways.map((body) => body.includes('CREDIT'))).toEqual([true, true, true, true, true, false])
  })
})

describe('the HTML of an email', () => {
  const plain = { subject: 'x', body: 'x', language: 'en', reads: 'en', stopLink: null } as const

  it('turns a link paragraph into a button and nothing else into markup', () => {
    const body = 'Hi <img src=x onerror=alert(1)>,\n\nSee your credit:\nhttps://a.example/?a="1"&b=2'
    const html = htmlOf({ ...plain, subject: 'A <b>', body })
    expect(html).toContain('Hi &lt;img src=x onerror=alert(1)&gt;,')
    expect(html).toContain('<title>A &lt;b&gt;</title>')
    expect(html).toContain('<a href="https://a.example/?a=&quot;1&quot;&amp;b=2"')
    expect(html).toContain('>See your credit</a>')
  })

  it("creates no button for a URL that isn't http or https", () => {
    expect(htmlOf({ ...plain, body: 'Click:\njavascript:alert(1)' })).not.toContain('<a ')
  })
})
