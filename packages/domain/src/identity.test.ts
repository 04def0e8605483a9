import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { canonicalEmail } from './canonicalEmail.ts'
import { firstName, fullNameKey, hueOf, initials, maskName, normalizeEmail, sameName } from './identity.ts'

const domains = ['googlemail.com', 'me.com', 'pm.me', 'yandex.com', 'yahoo.co.uk', 'nina.fastmail.fm']

describe('email addresses', () => {
  it('match regardless of case and space', () => {
    expect(normalizeEmail('  Priya.Shah@Mail.Example ')).toBe('priya.shah@mail.example')
  })

  it('match in the fraud check without plus-tags, and without dots at Gmail', () => {
    expect(canonicalEmail('Priya.Shah+promo@googlemail.com')).toBe('priyashah@gmail.com')
    expect(canonicalEmail('priya.shah+promo@mail.example')).toBe('priya.shah@mail.example')
    expect(canonicalEmail('+tag@mail.example')).toBe('+tag@mail.example')
    expect(canonicalEmail('not an address')).toBe('not an address')
  })

  it.each([
    ['n.o.v.a.k@gmail.com', 'novak+2@googlemail.com'],
    ['nina@icloud.com', 'nina+jobs@me.com'],
    ['nina.novak@proton.me', 'nina_novak@protonmail.com'],
    ['nina.novak@pm.me', 'ninanovak+x@proton.me'],
    ['nina-novak@yandex.ru', 'nina.novak@ya.ru'],
    ['ninan-one@yahoo.com', 'ninan-two@yahoo.com'],
    ['ninan@ymail.com', 'ninan+a@ymail.com'],
    ['nina@fastmail.com', 'anything@nina.fastmail.com'],
    ['nina+a@outlook.com', 'nina@outlook.com'],
  ])('match in the fraud check at the same mailbox: %s and %s', (one, other) =>
    expect(canonicalEmail(one)).toBe(canonicalEmail(other)),
  )

  it.each([
    ['nina.novak@outlook.com', 'ninanovak@outlook.com'],
    ['nina-novak@mail.example', 'nina@mail.example'],
    ['nina@icloud.com', 'nina@gmail.com'],
    ['nina@yahoo.com', 'nina@yahoo.de'],
    ['...@gmail.com', '..@gmail.com'],
  ])('differ in the fraud check where the provider tells them apart: %s and %s', (one, other) =>
    expect(canonicalEmail(one)).not.toBe(canonicalEmail(other)),
  )

  it('stay the same when canonicalized twice', () => {
    checkProperty(
      fc.property(fc.emailAddress(), fc.constantFrom('', ...domains), (typed, domain) => {
        const email = domain === '' ? typed : `${typed.slice(0, typed.lastIndexOf('@'))}@${domain}`
        expect(canonicalEmail(canonicalEmail(email))).toBe(canonicalEmail(email))
      }),
    )
  })
})

describe('names', () => {
  it('match regardless of case, accents and spaces', () => {
    expect(sameName('Tomás  Rivera', 'tomas rivera')).toBe(true)
    expect(sameName('Mary Ann', 'Maryann')).toBe(true)
    expect(sameName('Anna Kowalski', 'Anna Kowalska')).toBe(false)
  })

  it('match in full regardless of order, title and signs, and a single word matches nobody', () => {
    expect(fullNameKey('Novak, Nina')).toBe(fullNameKey('nina  NOVÁK'))
    expect(fullNameKey('Dr. Nina Novak')).toBe(fullNameKey('Nina Novak'))
    expect(fullNameKey("Sinéad O'Brien")).toBe(fullNameKey('Sinead O’Brien'))
    expect(fullNameKey('Nina Novak')).not.toBe(fullNameKey('Nora Novak'))
    expect(fullNameKey('Nina Novak')).not.toBe(fullNameKey('Nina Maria Novak'))
    expect([fullNameKey('Nina'), fullNameKey('Dr. Novak'), fullNameKey('–'), fullNameKey('')]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  it('are masked to first name and initial', () => {
    expect(maskName('Priya Shah')).toBe('Priya S.')
    expect(maskName('  anna maria   kowalski ')).toBe('anna K.')
    expect(maskName('Dr. Rachel Kim')).toBe('Rachel K.')
    expect(maskName('Cher')).toBe('Cher')
    expect(maskName('Élodie Ångström')).toBe('Élodie Å.')
    expect(maskName('李 小龙')).toBe('李 小.')
  })

  it('never reveal an address or number typed into the name field', () => {
    expect(maskName('priya@mail.example')).toBe('A friend')
    expect(maskName('(415) 555-0142')).toBe('A friend')
    expect(maskName('')).toBe('A friend')
  })

  it('handle emoji and any length', () => {
    expect(maskName('Zoë 👩‍👩‍👧 Brown 🎉')).toBe('Zoë B.')
    expect(firstName(`${'x'.repeat(29)}👩‍👩‍👧yz Shah`)).toBe(`${'x'.repeat(29)}…`)
    expect(firstName('x'.repeat(30))).toBe('x'.repeat(30))
    expect(initials('🎉')).toBe('🎉')
  })

  it('reveal no more than one letter of the last name', () => {
    // At least five letters, so that no word is a title.
    const word = fc.stringMatching(/^[a-z]{5,40}$/)
    checkProperty(
      fc.property(word, word, (first, last) => {
        expect(maskName(`${first} ${last}`)).toBe(`${firstName(first)} ${last.charAt(0).toUpperCase()}.`)
      }),
    )
  })

  it('are masked to the initial after a title, because that is the last name', () => {
    expect(maskName('Mr. Shah')).toBe('Mr. S.')
    expect(maskName('dr Kim')).toBe('dr K.')
    expect(maskName('Dr. Rachel Kim')).toBe('Rachel K.')
    expect(maskName('Miss')).toBe('Miss')
  })

  it('have one or two initials', () => {
    expect(initials('Priya Shah')).toBe('PS')
    expect(initials('prof. anna maria kowalski')).toBe('AK')
    expect(initials('Cher')).toBe('C')
    expect(initials('')).toBe('')
  })

  it('have a first name, after any title', () => {
    expect(firstName('Anna Kowalski')).toBe('Anna')
    expect(firstName('Dr. Rachel Kim')).toBe('Rachel')
    expect(firstName('Miss')).toBe('Miss')
    expect(firstName('Shah, Priya')).toBe('Priya')
    expect(firstName('Anna, from the choir')).toBe('Anna')
    expect(maskName('Shah, Priya')).toBe('Priya S.')
    expect(initials('Shah, Priya')).toBe('PS')
  })

  it('have one stable hue each', () => {
    expect(hueOf('Anna Kowalski')).toBe(hueOf('Anna Kowalski'))
    checkProperty(
      fc.property(fc.string(), (text) => {
        expect(hueOf(text)).toBeGreaterThanOrEqual(0)
        expect(hueOf(text)).toBeLessThan(360)
        expect(Number.isInteger(hueOf(text))).toBe(true)
      }),
    )
    const hues = new Set(Array.from({ length: 200 }, (_, index) => hueOf(`contact ${index}`)))
    expect(hues.size).toBeGreaterThan(100)
  })
})
