import type { Member, Role } from '@goodword/contracts'
import { normalizeEmail } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { writeAudit } from './members.audit.ts'
import { members, persons } from './members.table.ts'

type NewMember = { name: string; email: string; role: Role }

/**
 * Adds a member without an invitation. Only for creating an organization and for whoever runs the server. Throws
 * member_exists.
 */
export const addMember = (tx: Ctx, input: NewMember): Promise<AddedMember> => admit(tx, input, tx.clock())

/**
 * Invites a person, who becomes a member by accepting. A removed member comes back the same way. Throws member_exists.
 */
export const addInvitation = (tx: Ctx, input: NewMember): Promise<AddedMember> => admit(tx, input, null)

type AddedMember = Member & { personId: string }

/** Uses nothing that another organization knows about the person, only that the address is theirs. */
async function admit(tx: Ctx, input: NewMember, acceptedAt: number | null): Promise<AddedMember> {
  const { name, role } = input
  const email = normalizeEmail(input.email)
  const personId = await findOrCreatePerson(tx, email)
  const [known] = await tx.db
    .select()
    .from(members)
    .where(and(eq(members.organizationId, tx.organizationId), eq(members.personId, personId)))
  if (known && known.removedAt === null) throw new AppError('member_exists', { existingId: known.id })
  const set = { name, role, acceptedAt, removedAt: null, lastSeenAt: null }
  const row = known
    ? { ...known, ...set }
    : { ...set, id: tx.newId('member'), organizationId: tx.organizationId, personId, createdAt: tx.clock() }
  if (known) await tx.db.update(members).set(set).where(eq(members.id, known.id))
  else await tx.db.insert(members).values(row)
  const action = known ? 'member.restored' : 'member.invited'
  await writeAudit(tx, { action, subjectId: row.id, data: { role } })
  return { ...memberOf({ ...row, email }), personId }
}

async function findOrCreatePerson(tx: Ctx, email: string): Promise<string> {
  const [known] = await tx.db.select({ id: persons.id }).from(persons).where(eq(persons.email, email))
  if (known) return known.id
  const now = new Date(tx.clock())
  const id = tx.newId('person')
  await tx.db.insert(persons).values({ id, email, emailVerified: false, createdAt: now, updatedAt: now })
  return id
}

type MemberRow = {
  id: string
  name: string
  email: string
  role: Role
  createdAt: number
  acceptedAt: number | null
  lastSeenAt: number | null
}

export const memberOf = (row: MemberRow): Member => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  status: row.acceptedAt === null ? 'invited' : 'active',
  createdAt: iso(row.createdAt),
  lastSeenAt: isoOrNull(row.lastSeenAt),
})
