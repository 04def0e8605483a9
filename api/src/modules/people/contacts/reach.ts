import type { contactAddresses } from './contacts.table.ts'

/** Where a message to a contact goes. */
export type Reach = { addressId: string; channel: 'email' | 'sms'; to: string }

type Address = Pick<typeof contactAddresses.$inferSelect, 'id' | 'kind' | 'value'>

/** The email first, then the phone; null without an address. */
export function reachOf(addresses: Address[]): Reach | null {
  const best = addresses.find(({ kind }) => kind === 'email') ?? addresses[0]
  return best ? { addressId: best.id, channel: best.kind === 'email' ? 'email' : 'sms', to: best.value } : null
}
