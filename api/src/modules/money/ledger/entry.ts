import type { Posting } from '@goodword/domain'

/** What a transfer refers to, and the key under which it can only be posted once. */
export type Entry = Posting & {
  refersTo: { type: 'reward' | 'contact' | 'transfer' | 'credit_entry'; id: string }
  idempotencyKey: string
  reversesId?: string
}
