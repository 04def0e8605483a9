import { Email, isHost } from '@goodword/contracts'
import { currencyDigits, normalizeCode, normalizeEmail } from '@goodword/domain'
import * as z from 'zod'

export const storedEmail = Email.refine(
  (email) => email === normalizeEmail(email),
  'Write the address in small letters.',
)
export const storedPhone = z.string().regex(/^\+\d{6,15}$/, 'Use a phone number such as +14155550100.')
/** A code is part of a link. */
export const storedCode = z
  .string()
  .regex(/^[^\s<>"'&/\\?#%]{1,40}$/, 'Use letters and digits.')
  .refine((code) => code === normalizeCode(code), 'Use capital letters without spaces and dashes.')
export const storedOrigin = z.string().refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : null
  // An installation on http lists its websites with http.
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text && isHost(url.hostname)
}, 'Use a website such as https://harborsons.example.')

/** Jobs may be paid in any currency there is. */
export const storedCurrency = z.string().refine((code) => currencyDigits(code) !== null, 'Use a currency such as USD.')
const moment = z.int().nullable()
export const storedRefunds = z.strictObject({
  total: z.int().min(0).nullable(),
  totalAt: moment,
  listAt: moment,
  byId: z.record(z.string(), z.strictObject({ amount: z.int().min(0), failed: z.int().min(0), at: z.int() })),
})

/** Where a card is at the provider: a state, and what belongs to it. */
export const storedCard = z.looseObject({
  state: z.enum(['issued', 'undelivered', 'pending', 'failed', 'rejected', 'needs_look', 'blocked']),
})
