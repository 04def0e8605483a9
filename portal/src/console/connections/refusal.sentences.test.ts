import { connectionFailures, connectionKinds } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { cureOf, refusalOf } from './refusal.sentences.ts'

const never = { secret: null, lastSeenAt: null }

describe('a request that was refused', () => {
  it('has a reason and a cure for every kind of connection', () => {
    for (const kind of connectionKinds) {
      for (const failure of connectionFailures) {
        expect(refusalOf({ ...never, kind, failure })).toMatch(/^[a-z].*\.$/)
        expect(cureOf({ ...never, kind, failure })).toMatch(/^[A-Z].*\.$/)
      }
    }
  })

  it('names the header to send, or says that it came from somebody else', () => {
    expect(cureOf({ ...never, kind: 'hmac', failure: 'signature_missing' })).toBe(
      'Send the header x-signature: t=…,v1=….',
    )
    expect(cureOf({ ...never, kind: 'shopify', failure: 'signature_missing' })).toBe(
      'Shopify signs all it sends, so this came from somebody else.',
    )
  })

  it('speaks of a token where there is no signature', () => {
    expect(refusalOf({ ...never, kind: 'token', failure: 'signature_wrong' })).toBe('the token does not match.')
    expect(refusalOf({ ...never, kind: 'hmac', failure: 'signature_wrong' })).toBe('the signature does not match.')
  })
})
