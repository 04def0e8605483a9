import { randomUUID } from 'node:crypto'
import type { ProblemCode } from '@goodword/contracts'
import type { Services } from '../../../shared/context.ts'

const purpose = 'friend-form'
/** Faster than a person types; older than anyone leaves a form open (SPEC §14). */
const youngestMs = 2_000
const oldestMs = 24 * 3_600_000
/** A nonce that follows from another; kept apart from every other use of the secret. */
const successor = 'friend-form-successor'

/** Signed proof that we drew the form: when, for whom, and a nonce that makes sending it twice the same as once. */
export function newFormToken(services: Services, organizationId: string): string {
  return services.signer.sign(purpose, `${organizationId}.${services.clock()}.${randomUUID()}`)
}

/** The nonce of a token that is ours, for this organization, and neither too young nor too old. */
export function readFormToken(
  services: Services,
  organizationId: string,
  token: string,
): { ok: true; nonce: string } | { ok: false; code: ProblemCode } {
  const [owner, madeAt, nonce] = services.signer.verify(purpose, token)?.split('.') ?? []
  if (owner !== organizationId || !madeAt || !nonce) return { ok: false, code: 'form_token_invalid' }
  const age = services.clock() - Number(madeAt)
  if (age < youngestMs) return { ok: false, code: 'form_too_fast' }
  if (age > oldestMs) return { ok: false, code: 'form_token_invalid' }
  return { ok: true, nonce }
}

/**
 * The token of a form that goes back to its sender after `refused`. One that can still be taken, now or in two seconds,
 * stays. One of ours that is too old or used has a successor that can be sent at once: its nonce follows from the old one,
 * so that renewing a token over and over is worth one form. What is not ours starts anew, with its two seconds to wait.
 */
export function tokenForRetry(services: Services, organizationId: string, token: string, refused: ProblemCode): string {
  const [owner, madeAt, nonce] = services.signer.verify(purpose, token)?.split('.') ?? []
  if (owner !== organizationId || !madeAt || !nonce) return newFormToken(services, organizationId)
  const tooOld = services.clock() - Number(madeAt) > oldestMs
  if (!tooOld && refused !== 'form_token_invalid') return token
  const next = services.signer.hash(successor, nonce)
  return services.signer.sign(purpose, `${organizationId}.${services.clock() - youngestMs}.${next}`)
}
