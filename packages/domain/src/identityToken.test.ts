import { identityTokenMax } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIdentityClaims, readIdentityToken } from './identityToken.ts'
import { campaignToJoin } from './joining.ts'

const now = Date.parse('2026-06-01T16:00:00Z')
const seconds = now / 1_000
const organizationId = 'org_00000000000001'
const keyId = 'key_00000000000001'
const contactId = 'con_00000000000001'

const base64 = (text: string) => Buffer.from(text).toString('base64url')
const headed = (header: unknown, payload = '{}') => `${base64(JSON.stringify(header))}.${base64(payload)}.c2ln`
const good = { alg: 'HS256', typ: 'JWT', kid: keyId }
const claimsOf = (claims: unknown) =>
  readIdentityClaims(base64(typeof claims === 'string' ? claims : JSON.stringify(claims)), { now, organizationId })
const detailOf = (read: { ok: boolean; detail?: string }) => read.detail ?? 'accepted'

describe('a token', () => {
  it('names its key and what was signed', () => {
    const token = headed(good, '{"sub":"x"}')
    expect(readIdentityToken(token)).toEqual({
      ok: true,
      keyId,
      signed: token.slice(0, token.lastIndexOf('.')),
      signature: 'c2ln',
      payload: base64('{"sub":"x"}'),
    })
    // "typ" is optional, and other members mean nothing to us.
    expect(readIdentityToken(headed({ alg: 'HS256', kid: keyId, cty: 'x' })).ok).toBe(true)
  })

  it.each<[what: string, token: string, detail: RegExp]>([
    ['of one part', 'token', /three parts/],
    ['without a signature, as alg none has it', `${base64('{"alg":"none"}')}.${base64('{}')}.`, /three parts/],
    ['of four parts', `${headed(good)}.x`, /three parts/],
    ['that chooses no algorithm', headed({ ...good, alg: 'none' }), /HS256/],
    ['in another spelling of HS256', headed({ ...good, alg: 'hs256' }), /HS256/],
    ['with another algorithm', headed({ ...good, alg: 'RS256' }), /HS256/],
    ['with several algorithms', headed({ ...good, alg: ['HS256'] }), /HS256/],
    ['of another type', headed({ ...good, typ: 'at+jwt' }), /"typ"/],
    ['with an extension it insists on', headed({ ...good, crit: ['b64'], b64: false }), /extension/],
    ['without a key', headed({ alg: 'HS256' }), /"kid"/],
    ['with a number as a key', headed({ ...good, kid: 7 }), /"kid"/],
    ['with a path as a key', headed({ ...good, kid: '../../dev/null' }), /"kid"/],
    ['with a header twice', `${base64(`{"alg":"none","alg":"HS256","kid":"${keyId}"}`)}.e30.c2ln`, /same name twice/],
    ['with a list as its header', headed([good]), /not a JSON object/],
    ['with a header that is not base64url', `e+30.e30.c2ln`, /not base64url/],
    ['with a header that is not UTF-8', `${Buffer.from([0x7b, 0xff]).toString('base64url')}.e30.c2ln`, /UTF-8/],
    ['that is huge', headed(good, 'x'.repeat(identityTokenMax)), /longer than/],
  ])('%s is refused', (_, token, detail) => {
    const read = readIdentityToken(token)
    expect(read).toMatchObject({ ok: false, code: 'identity_token_invalid' })
    expect(detailOf(read)).toMatch(detail)
  })

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => headed(good, json)),
        ),
        (text) => {
          const read = readIdentityToken(text)
          if (read.ok) readIdentityClaims(read.payload, { now, organizationId })
        },
      ),
    )
  })
})

describe('what a token says', () => {
  const exp = seconds + 600

  it('is who it is, by contact id or by email, and how they are called', () => {
    expect(claimsOf({ sub: contactId, exp })).toEqual({
      ok: true,
      contactId,
      email: null,
      name: null,
      expiresAt: now + 600_000,
    })
    expect(claimsOf({ email: ' Priya@Mail.example ', name: 'Priya\u202e  Shah', exp })).toMatchObject({
      ok: true,
      contactId: null,
      email: 'Priya@Mail.example',
      name: 'Priya Shah',
    })
    // Many libraries put the application's own user id into "sub".
    expect(claimsOf({ sub: 'user-17', email: 'priya@mail.example', exp })).toMatchObject({ contactId: null })
  })

  it('may have a long name, which is cut, or a useless one, which is left out', () => {
    const email = 'p@mail.example'
    expect(claimsOf({ email, name: `${'a'.repeat(99)}😀`, exp })).toMatchObject({ name: 'a'.repeat(99) })
    expect(claimsOf({ email, name: '\u200b', exp })).toMatchObject({ ok: true, name: null })
    expect(claimsOf({ email, name: null, exp })).toMatchObject({ ok: true, name: null })
  })

  it('holds until it expires, and a minute more for clocks that differ', () => {
    const at = (expires: number) => claimsOf({ sub: contactId, exp: expires })
    expect(at(seconds - 59).ok).toBe(true)
    expect(at(seconds - 60)).toMatchObject({ code: 'identity_token_expired' })
    expect(at(seconds + 3_660).ok).toBe(true)
    expect(detailOf(at(seconds + 3_661))).toMatch(/too far ahead.*60 minutes/)
    // In milliseconds, as JavaScript counts.
    expect(detailOf(at(now + 600_000))).toMatch(/"exp" is in seconds/)
  })

  it('holds for an hour at most from when it was issued, and not before it begins', () => {
    const from = (times: object) => claimsOf({ sub: contactId, exp, ...times })
    expect(from({ iat: exp - 3_600 }).ok).toBe(true)
    expect(detailOf(from({ iat: exp - 3_601 }))).toMatch(/too far ahead/)
    expect(from({ iat: seconds + 60, nbf: seconds + 60 }).ok).toBe(true)
    expect(detailOf(from({ iat: seconds + 61 }))).toMatch(/clock/)
    expect(detailOf(from({ nbf: seconds + 61 }))).toMatch(/clock/)
  })

  it('may be for this organization, and for no other', () => {
    const to = (aud: unknown) => claimsOf({ sub: contactId, exp, aud })
    expect([to(organizationId).ok, to(['https://app.example', organizationId]).ok]).toEqual([true, true])
    for (const aud of ['org_00000000000002', [], [[organizationId]], '', null, 7])
      expect(detailOf(to(aud)), String(aud)).toMatch(/"aud".*org_00000000000001/)
  })

  it.each<[what: string, claims: unknown, detail: RegExp]>([
    ['without an end', { sub: contactId }, /no "exp"/],
    ['with an end as text', { sub: contactId, exp: String(exp) }, /"exp".*number/],
    ['with an endless end', `{"sub":"${contactId}","exp":1e999}`, /"exp".*number/],
    ['with a beginning as text', { sub: contactId, exp, nbf: 'now' }, /"nbf".*number/],
    ['about nobody', { exp }, /names nobody/],
    ['about nobody we know by that id', { sub: 'user-17', exp }, /names nobody.*con_/],
    ['about an empty address', { email: '', exp }, /names nobody/],
    ['about a number', { sub: 17, email: 'p@mail.example', exp }, /"sub".*text/],
    ['about a list of addresses', { email: ['p@mail.example'], exp }, /"email".*text/],
    ['about no address', { email: 'priya', exp }, /no email address/],
    ['with an object as a name', { sub: contactId, name: {}, exp }, /"name".*text/],
    ['that say it twice', `{"sub":"${contactId}","exp":${exp},"s\\u0075b":"con_00000000000002"}`, /same name twice/],
    ['that are a list', [contactId], /not a JSON object/],
    ['that are no JSON', `{"sub":`, /not JSON/],
  ])('%s is refused', (_, claims, detail) => {
    const read = claimsOf(claims)
    expect(read).toMatchObject({ ok: false, code: 'identity_token_invalid' })
    expect(detailOf(read)).toMatch(detail)
  })

  it('may have further claims with names, braces and colons of any kind inside', () => {
    const plan = { 'a:"b': [{ x: 1 }, { x: 2 }], '}': ':' }
    expect(claimsOf({ sub: contactId, exp, plan }).ok).toBe(true)
  })
})

describe('a customer joins', () => {
  it('the only campaign that is open to them, or the one of the element', () => {
    expect(campaignToJoin(undefined, [], ['a'])).toEqual({ ok: true, campaignId: 'a' })
    expect(campaignToJoin('b', ['a'], ['a', 'b'])).toEqual({ ok: true, campaignId: 'b' })
    expect(campaignToJoin(undefined, [], ['a', 'b'])).toEqual({ ok: false, code: 'identity_campaign_needed' })
  })

  it('none that is not open to them, and none again that they were in', () => {
    expect(campaignToJoin('c', [], ['a', 'b'])).toEqual({ ok: true, campaignId: null })
    expect(campaignToJoin(undefined, [], [])).toEqual({ ok: true, campaignId: null })
    expect(campaignToJoin('a', ['a'], ['a'])).toEqual({ ok: true, campaignId: null })
    expect(campaignToJoin(undefined, ['a'], ['b'])).toEqual({ ok: true, campaignId: null })
  })
})
