import { expect, it } from 'vitest'
import { seal, unseal } from './sealing.ts'
import { createSigner } from './signer.ts'

const signer = createSigner('a secret of the tests, long enough')

it('a sealed secret opens in its installation, for its purpose, and unchanged only', () => {
  const sealed = seal(signer, 'gift cards org_1', 'TEST_5c4a')
  expect(sealed).not.toContain('TEST')
  expect(seal(signer, 'gift cards org_1', 'TEST_5c4a')).not.toBe(sealed)
  expect(unseal(signer, 'gift cards org_1', sealed)).toBe('TEST_5c4a')
  expect(unseal(signer, 'gift cards org_2', sealed)).toBeNull()
  expect(unseal(createSigner('another secret, long enough too'), 'gift cards org_1', sealed)).toBeNull()
  const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`
  expect(unseal(signer, 'gift cards org_1', changed)).toBeNull()
  expect(unseal(signer, 'gift cards org_1', 'short')).toBeNull()
})
