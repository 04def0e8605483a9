import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { codeFrom } from './codes.ts'
import { codesInAddress, codesInLink, codesInText, isIssuedCode, maskedCode, possibleLink } from './referralLinks.ts'

const code = 'KR7M2HQ'
const page = 'https://www.harborsons.example/book'
const at = (rest: string) => codesInAddress(page + rest.replaceAll('CODE', code).replaceAll('code-', 'kr7m2hq'))

describe('the code of a link', () => {
  it.each([
    ['?ref=CODE'],
    ['?via=CODE'],
    ['?referral=CODE'],
    ['?code=CODE'],
    // Case of the name and of the value.
    ['?ref=code-'],
    ['?REF=CODE'],
    ['?Via=CODE'],
    ['?Referral=code-'],
    ['?Code=code-'],
    // Beside other parameters.
    ['?ref=CODE#top'],
    ['?ref=CODE&fbclid=x'],
    ['?utm_source=news&ref=CODE'],
    ['?gclid=1&via=CODE&utm_medium=email'],
    ['?ref=CODE;jsessionid=7'],
    ['?preferences=1&ref=CODE'],
    // Hash routes.
    ['#/book?ref=CODE'],
    ['#!/book?ref=CODE&step=2'],
    ['#ref=CODE'],
    ['#?ref=CODE'],
    ['?a=1#/visit?via=CODE'],
    // Parameters that were joined by hand.
    ['?utm_source=fb?ref=CODE'],
    ['?ref=CODE?utm_source=fb'],
    ['?&ref=CODE'],
    ['??ref=CODE'],
    ['/?/?ref=CODE'],
    ['?utm_source=news&amp;ref=CODE'],
    ['?utm_source=news&amp;amp;ref=CODE'],
    ['?utm_source=news&#38;ref=CODE'],
    ['?ref=CODE&amp;utm_source=news'],
    ['?ref==CODE'],
    ['?ref[]=CODE'],
    // What chat programs and editors leave at an end.
    ['?ref=CODE.'],
    ['?ref=CODE,'],
    ['?ref=CODE!'],
    ['?ref=CODE)'],
    ['?ref=CODE).'],
    ['?ref=CODE]'],
    ['?ref=CODE}'],
    ['?ref=CODE/'],
    ['?ref=CODE:'],
    ['?ref=CODE*'],
    ['?ref=**CODE**'],
    ['?ref=_CODE_'],
    ['?ref=CODE…'],
    ['?ref=CODE%22'],
    ['?ref=%22CODE%22'],
    ["?ref=CODE'"],
    ['?ref=%E2%80%9CCODE%E2%80%9D'],
    ['?ref=CODE%3E'],
    ['?ref=%3CCODE%3E'],
    ['?ref=CODE%3C/a%3E'],
    ['?ref=CODE%60'],
    ['?ref=CODE%F0%9F%8E%81'],
    ['?ref=%F0%9F%8E%81CODE'],
    // Spaces and dashes.
    ['?ref=CODE%20'],
    ['?ref=%20CODE'],
    ['?ref=CODE+'],
    ['?ref=CODE%0A'],
    ['?ref=CODE%0D%0A'],
    ['?ref=CODE%09'],
    ['?ref=CODE%C2%A0'],
    ['?ref=CODE%A0'],
    ['?ref=KR7-M2HQ'],
    ['?ref=kr7+m2h+q'],
    ['?ref=KR7%E2%80%93M2HQ'],
    // Invisible characters.
    ['?ref=CODE%E2%80%8B'],
    ['?ref=%E2%80%8BCODE'],
    ['?ref=%EF%BB%BFCODE'],
    ['?ref=KR7%C2%ADM2HQ'],
    ['?ref=CODE%E2%80%8E'],
    ['?ref=%E2%81%A8CODE%E2%81%A9'],
    ['?ref=CODE%EF%B8%8F'],
    ['?%E2%80%8Bref=CODE'],
    ['?ref%E2%80%8B=CODE'],
    ['?ref=CODE\u200b'],
    // Encoded letters, once or more often.
    ['?ref=%4BR7M2HQ'],
    ['?%72ef=CODE'],
    ['?%72%65%66=%4b%52%37%4d%32%48%51'],
    ['?ref=CODE%2520'],
    ['?ref%3DCODE'],
    ['%3Fref%3DCODE'],
    ['%3Futm_source%3Dx%26ref%3DCODE'],
    ['?utm_source=x%26ref%3DCODE'],
    ['?ref=%EF%BC%AB%EF%BC%B27M2HQ'],
    ['?ref=CODE%'],
    ['?ref=CODE%2'],
    ['?ref=CODE%E2%80'],
    // A link within a link, and one from the source of an email.
    ['?next=%2Fbook%3Fref%3DCODE'],
    ['?url=https%3A%2F%2Fharborsons.example%2F%3Fref%3DCODE%26a%3D1'],
  ])('is found in %s', (rest) => {
    expect(at(rest)).toContain(code)
    expect(possibleLink.test(new URL(page + rest.replaceAll('CODE', code)).href)).toBe(true)
  })

  it.each([
    ['?ref=CODE%20thanks', ['KR7M2HQTHANKS', code]],
    ['?ref=CODE+use+it+before+the+first+of+May', [code]],
    ['?ref=3DCODE', ['3DKR7M2HQ', code]],
    ['?ref=producthunt&ref=CODE', ['PRODUCTHUNT', code]],
    ['?via=CODE&ref=newsletter', ['NEWSLETTER', code]],
    ['?code=CODE&via=a_friend', ['A_FRIEND', code]],
    ['?ref=one&ref=two&via=three&referral=four&ref=five&ref=six', ['ONE', 'TWO', 'FIVE', 'SIX', 'THREE']],
    ['?ref=CODE&ref=CODE', [code]],
    ['?ref=HARLAN', ['HARLAN']],
    ['?ref=M%C3%BCller%20Bau', ['MÜLLERBAU', 'MÜLLER']],
    ['?ref=github.com', ['GITHUB']],
  ])('may be one of several candidates, the likeliest first: %s', (rest, codes) => {
    expect(at(rest)).toEqual(codes)
  })
})

describe('an address without a code', () => {
  it.each([
    [''],
    ['?ref='],
    ['?ref=ab'],
    ['?ref=%20'],
    ['?preferences=KR7M2HQ'],
    ['?href=KR7M2HQ'],
    ['?xref=KR7M2HQ'],
    ['?promo_code=KR7M2HQ'],
    ['?ref=bob@mail.example'],
    ['?ref=bob.smith%40mail.example'],
    ['?ref=https%3A%2F%2Fgithub.com'],
    [`?ref=${'A'.repeat(41)}`],
    ['/reference/via/code/KR7M2HQ'],
  ])('has none: %s', (rest) => {
    expect(at(rest)).toEqual([])
  })

  it.each([
    ['?code=3f2a9c7714de0b6155aa&state=xyz'],
    ['?code=831942'],
    ['?code=2346789'],
    ['?code=4/0AeaYSHB'],
    ['?code=kR7m2Hq'],
    ['?code=HARLAN'],
    ['?code=SUMMER20'],
    ['?code=KR7M2HQX'],
    ['?code=KR7M2H1'],
    ['?code=404'],
    ['?code=CODE&state=xyz'],
    ['?state=xyz&code=CODE'],
    ['?code=CODE&%73tate=1'],
    ['?code=CODE#state=1'],
    ['#code=CODE&state=1'],
    ['/oauth/callback?code=CODE'],
    ['/auth?code=CODE'],
    ['/reset-password?code=CODE'],
    ['/login?code=CODE'],
    ['/account/verify?code=CODE'],
    ['?next=%2Fcallback%3Fcode%3DCODE'],
    ['?next=%2Fbook%3Fcode%3DCODE'],
  ])('keeps its secret: %s', (rest) => {
    expect(at(rest)).toEqual([])
  })
})

describe('beside what a sign-in, an invitation or a payment is opened with', () => {
  const neighbors =
    'session session_state session_id sessionid sess PHPSESSID jsessionid ASP.NET_SessionId sid connect.sid auth auth_code authuser authorization sso jwt assertion id_token access_token invite_token invite invitation_id magic magic_link key api_key apikey access_key login login_hint state RelayState nonce client_secret g_csrf_token otp totp ticket redirect_uri password confirmation verify_id user uid email session-id scope error client_id iss hmac shop'
  it.each(neighbors.split(' '))('a value of "code" is never asked about: %s', (name) => {
    expect(at(`?${name}=x1&code=CODE`)).toEqual([])
    expect(at(`?code=code-&${name.toUpperCase()}=x1`)).toEqual([])
    expect(at(`?${name}=x1&ref=CODE`)).toEqual([code])
  })

  it.each(['utm_source', 'gclid', 'fbclid', 'lang', 'page', 'promo_code', 'keyword', 'inside', 'side', 'step', 'plan'])(
    'and beside anything else it is: %s',
    (name) => {
      expect(at(`?${name}=x1&code=CODE`)).toEqual([code])
    },
  )

  it.each(['/sessions', '/assessment', '/real-estate', '/turkey', '/mailbox', '/shop', '/user-guide', '/tokens'])(
    'and on pages that are called alike: %s',
    (path) => {
      expect(at(`${path}?code=CODE`)).toEqual([code])
    },
  )
})

describe('codes as we create them', () => {
  const bytes = fc.uint8Array({ minLength: 24, maxLength: 24, max: 231 })
  it('are found in every parameter, in any case', () => {
    const name = fc.constantFrom('ref', 'via', 'referral', 'REF')
    const end = fc.constantFrom('', '#top', '&fbclid=x', '.', '%20', '&utm_source=a%20b')
    checkProperty(
      fc.property(bytes, fc.boolean(), name, end, (random, small, parameter, rest) => {
        const made = codeFrom(random)
        expect(codesInAddress(`${page}?${parameter}=${small ? made.toLowerCase() : made}${rest}`)[0]).toBe(made)
      }),
    )
  })

  it('are told apart from other words', () => {
    expect(['KR7M2HQ', 'kr7m2hq'].map(isIssuedCode)).toEqual([true, true])
    expect(['KR7M2H', 'KR7M2HQQ', 'KR7M2H1', 'GITHUB', 'PRODUCT'].map(isIssuedCode)).not.toContain(true)
  })
})

it('any address gives few codes of bounded length, and never fails', () => {
  const piece = fc.constantFrom(
    code,
    'ref',
    'via',
    'code',
    '=',
    '&',
    '?',
    '#',
    '%20',
    '.',
    '/',
    'é',
    ';',
    '%3D',
    '%',
    '@',
    '\u200b',
  )
  checkProperty(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const codes = codesInAddress(pieces.join(''))
      expect(codes.length).toBeLessThanOrEqual(5)
      for (const one of codes) expect(one).toMatch(/^[\p{L}\p{M}\p{N}_]{3,40}$/u)
    }),
  )
})

it('most pages are seen to hold no code without a closer look', () => {
  for (const rest of ['', '?page=2', '/reference', '/via/code', '#contact', '?q=leak&sort=new', '#code-of-conduct'])
    expect([rest, possibleLink.test(page + rest)]).toEqual([rest, false])
})

describe('a pasted link or code', () => {
  it.each([
    [`https://refer.example.com/r/${code}`, [code]],
    [`https://refer.example.com/r/${code}/`, [code]],
    [`Try it: https://refer.example.com/r/${code}.`, [code]],
    [`https://refer.example.com/r/${code}?lang=de`, [code]],
    [`${page}?ref=${code}&utm_source=x`, [code]],
    [`${page}?ref=harlan`, ['HARLAN']],
    [code, [code]],
    [` kr7-m2hq. `, [code]],
    ['https://refer.example.com/', []],
  ])('%s', (text, codes) => {
    expect(codesInLink(text)).toEqual(codes)
  })

  it.each([
    [code, [code]],
    [`${code}/`, [code]],
    [`${code}.`, [code]],
    [`${code})`, [code]],
    [`${code} `, [code]],
    [`${code}\u200b`, [code]],
    [`${code}%20`, [code]],
    [`${code}&fbclid=x`, [code]],
    [`${code}%3Ffbclid=x`, [code]],
    [`“${code}”`, [code]],
    ['…', []],
    ['bob@mail.example', []],
  ])('as the end of a hosted link: %s', (text, codes) => {
    expect(codesInText(text)).toEqual(codes)
  })
})

it('a code that nobody has is never shown or stored whole', () => {
  expect(maskedCode('producthunt')).toBe('PR…')
  expect(maskedCode('abc')).toBe('AB…')
  expect(maskedCode('AB…')).toBe('AB…')
  expect(maskedCode('priya@mail.example')).toBeNull()
  expect(maskedCode('--')).toBeNull()
})
