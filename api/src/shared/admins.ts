import { isOwnerOrAdmin } from '@goodword/domain'
import type { Ctx } from './context.ts'
import { AppError } from './errors.ts'

/** Throws forbidden unless the actor is an owner or admin, or a key that may change settings (SPEC §13). */
export function assertAdmin({ actor }: Ctx): void {
  if (actor.type === 'member' && isOwnerOrAdmin(actor.role)) return
  if (actor.type === 'key' && actor.scopes.includes('settings:write')) return
  throw new AppError('forbidden')
}
