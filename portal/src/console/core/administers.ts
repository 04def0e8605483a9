import type { Me } from '@goodword/contracts'
import { administers } from '@goodword/domain'

/** Whether whoever is signed in is an owner or admin. The server decides; this only hides what it would refuse. */
export const isAdmin = ({ actor }: Me): boolean => actor.type === 'member' && administers(actor.role)
