import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { type IdentityToSign, signIdentity } from './identity.ts'

const key = `ik_${'k'.repeat(43)}`
const keyId = 'key_00000000000001'
const secret = new TextEncoder().encode(key)

describe('signIdentity', () => {
  it('signs a JWT that another library verifies, for ten minutes', async () => {
    const token = await signIdentity({ key, keyId, email: 'zoë@mail.example', name: 'Zoë 李 😀' })
    const { payload, protectedHeader } = await jwtVerify(token, secret, { algorithms: ['HS256'], typ: 'JWT' })
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT', kid: keyId })
    const { iat = 0, exp = 0, ...claims } = payload
    expect(claims).toEqual({ email: 'zoë@mail.example', name: 'Zoë 李 😀' })
    expect([exp - iat, Math.abs(iat - Date.now() / 1_000) < 5]).toEqual([600, true])
  })

  it('names a contact in "sub", for as long as it is told', async () => {
    const token = await signIdentity({ key, keyId, contactId: 'con_00000000000001', expiresIn: 3_600 })
    const { payload } = await jwtVerify(token, secret)
    expect(payload).toMatchObject({ sub: 'con_00000000000001', exp: (payload.iat ?? 0) + 3_600 })
    expect(decodeProtectedHeader(token).kid).toBe(keyId)
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{43}$/)
  })

  const good = { key, keyId, email: 'priya@mail.example' }
  it.each<[what: string, given: object, message: RegExp]>([
    ['another kind of key', { ...good, key: 'sk_secret' }, /identity key/],
    ['no key', { ...good, key: undefined }, /identity key/],
    ['a key instead of its id', { ...good, keyId: key }, /"keyId"/],
    ['nobody', { ...good, email: '' }, /"contactId" or "email"/],
    ['two hours', { ...good, expiresIn: 7_200 }, /"expiresIn"/],
    ['no time', { ...good, expiresIn: Number.NaN }, /"expiresIn"/],
  ])('refuses %s before it signs', async (_, given, message) => {
    await expect(signIdentity(given as IdentityToSign)).rejects.toThrow(message)
  })
})

describe('the samples of the guide', () => {
  const guide = readFileSync(new URL('../../../docs/guides/identity.md', import.meta.url), 'utf8')
  const sample = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1] ?? ''
  const given = JSON.stringify([key, keyId, 'priya@mail.example', 'Priya "P" Shah'])
  const python = `${sample('python')}
import sys
print(goodword_token(*json.loads(sys.argv[1])))`
  const node = `${sample('node').replace('export ', '')}
const [key, keyId, email, name] = JSON.parse(process.argv[1])
console.log(goodwordToken({ key, keyId, email, name }))`
  const ruby = `${sample('ruby')}
puts goodword_token(*JSON.parse(ARGV[0]))`
  const php = `${sample('php')}
echo goodword_token(...json_decode($argv[1]));`
  const run = (program: string, args: string[]) => execFileSync(program, [...args, given], { encoding: 'utf8' }).trim()
  const isHere = (program: string) => {
    try {
      execFileSync(program, ['--version'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }

  const languages: [language: string, program: string, args: string[]][] = [
    ['Node', process.execPath, ['--input-type=module', '-e', node, '--']],
    ['Python', 'python3', ['-c', python]],
    ['Ruby', 'ruby', ['-e', ruby]],
    ['PHP', 'php', ['-r', php, '--']],
  ]
  for (const [language, program, args] of languages)
    it.skipIf(!isHere(program))(`in ${language} signs what another library verifies`, async () => {
      const { payload, protectedHeader } = await jwtVerify(run(program, args), secret, { algorithms: ['HS256'] })
      expect(payload).toMatchObject({ email: 'priya@mail.example', name: 'Priya "P" Shah' })
      expect([protectedHeader.kid, (payload.exp ?? 0) - (payload.iat ?? 0)]).toEqual([keyId, 600])
    })
})
