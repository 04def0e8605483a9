import type { Connection, ConnectionFailure, ConnectionKind } from '@goodword/contracts'
import { refusalText } from '../jobs/rejected.sentences.ts'
import { kindTexts } from './kinds.labels.ts'

type Refused = Pick<Connection, 'kind' | 'secret' | 'lastSeenAt'> & { failure: ConnectionFailure }

const headers: Partial<Record<ConnectionKind, string>> = {
  standard_webhooks: 'Send the headers webhook-id, webhook-timestamp and webhook-signature.',
  hmac: 'Send the header x-signature: t=…,v1=….',
  token: 'Send the token in the header x-goodword-token.',
}

const cures: Record<ConnectionFailure, (refused: Refused) => string> = {
  signature_missing: ({ kind }) =>
    headers[kind] ?? `${kindTexts[kind].label} signs all it sends, so this came from somebody else.`,
  signature_wrong: ({ kind, lastSeenAt }) =>
    lastSeenAt === null
      ? `Maybe it is the other secret: ${kindTexts[kind].otherSecret}`
      : 'If that was your system, set the secret there again.',
  clock_off: () => 'Check the clocks of both servers, and sign each request when you send it, also when you repeat it.',
  secret_missing: ({ secret }) => (secret === null ? 'Enter it on this page.' : 'It has one now.'),
  secret_unreadable: () => 'Replace the secret on this page, and enter the new one in the other system.',
  body_too_large: () => 'Send fewer events at once.',
}

/** Why a request was refused: "the token does not match." */
export function refusalOf({ kind, failure }: Refused): string {
  if (kind !== 'token') return refusalText(failure)
  if (failure === 'signature_missing') return 'it had no token.'
  return failure === 'signature_wrong' ? 'the token does not match.' : refusalText(failure)
}

/** What to do about it. */
export const cureOf = (refused: Refused): string => cures[refused.failure](refused)
