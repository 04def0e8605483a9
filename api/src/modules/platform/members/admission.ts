import type { Member, Role } from '@goodword/contracts'
import { normalizeEmail } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { writeAudit } from '../audit/audit.ts'
import { members, persons } from './members.table.ts'

type NewMember = { name: string; email: string; role: Role }

/**
 * Makes someone a member, quietly; the person is reused when the address is known, and a member who was removed comes back
 * as who they were. Throws member_exists.
 */
export async function addMember(tx: Ctx, input: NewMember): Promise<Member & { personId: string }> {
  const person = await findOrCreatePerson(tx, input)
  const [known] = await tx.db
    .select()
    .from(members)
    .where(and(eq(members.organizationId, tx.organizationId), eq(members.personId, person.id)))
  if (known && known.removedAt === null) throw new AppError('member_exists', { existingId: known.id })
  const row = known ? await restore(tx, known.id, input.role) : await admit(tx, person.id, input.role)
  return { ...memberOf({ ...row, name: person.name, email: person.email }), personId: person.id }
}

async function admit(tx: Ctx, personId: string, role: Role) {
  const id = tx.newId('member')
  const row = { id, organizationId: tx.organizationId, personId, role, createdAt: tx.clock(), lastSeenAt: null }
  await tx.db.insert(members).values(row)
  await writeAudit(tx, { action: 'member.invited', subjectId: id, data: { role } })
  return row
}

/** The invitation waits again, as it does for someone new. */
async function restore(tx: Ctx, id: string, role: Role) {
  const [row] = await tx.db
    .update(members)
    .set({ role, removedAt: null, lastSeenAt: null })
    .where(eq(members.id, id))
    .returning()
  if (!row) throw new AppError('not_found')
  await writeAudit(tx, { action: 'member.restored', subjectId: id, data: { role } })
  return row
}

async function findOrCreatePerson(tx: Ctx, input: NewMember) {
  const email = normalizeEmail(input.email)
  const [known] = await tx.db
    .select({ id: persons.id, name: persons.name, email: persons.email })
    .from(persons)
    .where(eq(persons.email, email))
  if (known) return known
  const now = new Date(tx.clock())
  const person = { id: tx.newId('person'), name: input.name, email }
  await tx.db.insert(persons).values({ ...person, emailVerified: false, createdAt: now, updatedAt: now })
  return person
}

type MemberRow = {
  id: string
  name: string
  email: string
  role: Role
  createdAt: number
  lastSeenAt: number | null
}

export const memberOf = (row: MemberRow): Member => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  createdAt: iso(row.createdAt),
  lastSeenAt: isoOrNull(row.lastSeenAt),
})
