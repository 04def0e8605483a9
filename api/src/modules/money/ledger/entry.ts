import type { Posting } from '@goodword/domain'

/** What a transfer refers to, and the key under which it can be posted only once. */
export type Entry = Posting & {
  refersTo: { type: 'reward' | 'contact' | 'transfer' | 'credit_entry'; id: string }
  idempotencyKey: string
  reversesId?: string
}
