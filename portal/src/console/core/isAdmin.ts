import type { Me } from '@goodword/contracts'
import { isOwnerOrAdmin } from '@goodword/domain'

/** Whether the signed-in member is an owner or admin. Only hides controls; the server enforces it. */
export const isAdmin = ({ actor }: Me): boolean => actor.type === 'member' && isOwnerOrAdmin(actor.role)
