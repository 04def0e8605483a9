import { normalizeEmail } from '@goodword/domain'
import type { PersonDescription } from './contacts.ts'
import { parsePhone, possiblePhones } from './phone.ts'

/**
 * Normalizes what was accepted earlier, by the rules and in the country of that time. A phone number that can't be read any
 * more is left out.
 */
export const describeKnown = (
  country: string,
  { name, email, phone }: { name: string; email?: string | undefined; phone?: string | undefined },
): PersonDescription => ({
  name: name.trim(),
  email: email ? normalizeEmail(email) : null,
  phone: phone ? (parsePhone(phone, country) ?? possiblePhones(phone, country)[0] ?? null) : null,
})
