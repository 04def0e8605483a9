import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkProperty } from '../../test/property.ts'
import { createMac } from './signer.ts'

it('a signature is HMAC-SHA256, whatever the length of the secret and the text', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 2_000, size: 'max' })
  await checkProperty(
    fc.asyncProperty(text, fc.array(text, { minLength: 1, maxLength: 4 }), async (secret, texts) => {
      const macOf = createMac(secret)
      for (const one of texts) expect(macOf(one)).toBe(createHmac('sha256', secret).update(one).digest('base64url'))
    }),
    200,
  )
})
