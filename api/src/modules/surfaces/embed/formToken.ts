import { randomUUID } from 'node:crypto'
import type { ProblemCode } from '@goodword/contracts'
import type { Services } from '../../../shared/context.ts'

const purpose = 'friend-form'
/** Less time than a person needs to type, and more than anyone leaves a form open (SPEC §14). */
const youngestMs = 2_000
const oldestMs = 24 * 3_600_000
/** Derives a nonce from another one. `purpose` keeps it apart from other uses of the secret. */
const successor = 'friend-form-successor'

/**
 * Signed proof that we rendered the form: when, for whom, and with which nonce, so that sending it twice counts once.
 */
export function newFormToken(services: Services, organizationId: string): string {
  return services.signer.sign(purpose, `${organizationId}.${services.clock()}.${randomUUID()}`)
}

/** The nonce of a valid token for this organization that is neither too new nor too old. */
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
 * The token for a form that is shown again after `refused`. A token that is still usable, now or in two seconds, stays.
 * One of ours that is too old or used gets a successor that can be sent right away. Its nonce is derived from the old
 * one, so renewing a token over and over yields only one referral. Any other token is replaced by a new one, with its
 * two seconds to wait.
 */
export function tokenForRetry(services: Services, organizationId: string, token: string, refused: ProblemCode): string {
  const [owner, madeAt, nonce] = services.signer.verify(purpose, token)?.split('.') ?? []
  if (owner !== organizationId || !madeAt || !nonce) return newFormToken(services, organizationId)
  const tooOld = services.clock() - Number(madeAt) > oldestMs
  if (!tooOld && refused !== 'form_token_invalid') return token
  const next = services.signer.hash(successor, nonce)
  return services.signer.sign(purpose, `${organizationId}.${services.clock() - youngestMs}.${next}`)
}
