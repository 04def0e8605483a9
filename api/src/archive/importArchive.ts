import type { Readable } from 'node:stream'
import { Email } from '@goodword/contracts'
import { normalizeEmail } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import {
  type ArchiveLimits,
  archiveLimits,
  brokenArchive,
  type Manifest,
  readArchive,
} from '../database/archiveFile.ts'
import { schemaOf } from '../database/archiveTables.ts'
import { isEarlierSchema } from '../database/migrate.ts'
import type { Queries } from '../database/queries.ts'
import { addMember } from '../modules/platform/members/admission.ts'
import { allProjections, rebuildProjections } from '../projections.ts'
import { contextFor, type Services } from '../shared/context.ts'
import { SettingError } from '../shared/settingError.ts'
import { verify } from '../verify.ts'
import { isFormer } from './archive.schemas.ts'
import { checkRow, refusedLine } from './archiveRows.ts'
import { insertRow } from './insertRow.ts'
import { upgradeArchive } from './upgradeArchive.ts'

/** Who owns the organization here, and whether its other members are invited. */
export type ImportAccess = { owner: string; members: boolean }
export type Unpacked = { organizationId: string; name: string; rows: number; owner: string; invited: number }

type Person = { email: string; name: string | null }
type Checked = { manifest: Manifest; digest: string; persons: Map<unknown, Person> }

/**
 * Imports an organization from an archive, all of it or nothing. Calls `open` twice: the first pass validates every row
 * before the transaction, the second writes them in it. The author of the archive decides nothing about access: the
 * owner is the one named here, and all other members arrive removed or invited. Balances are rebuilt from the
 * transfers, and verify must pass before the commit. An archive of an earlier version is brought up to date first. Throws
 * SettingError with the line and how to fix it.
 */
export async function unpackOrganization(
  services: Services,
  open: () => Readable,
  arrival: ImportAccess,
  limits: ArchiveLimits = archiveLimits,
): Promise<Unpacked> {
  const address = Email.safeParse(arrival.owner)
  if (!address.success) throw new SettingError('Enter the email address of the owner after --owner.')
  const owner = normalizeEmail(address.data)
  const { read } = services.database
  const checked = await checkArchive(read, open(), limits).catch((error: unknown) => {
    if (error instanceof OlderArchive) return error
    throw error
  })
  if (!(checked instanceof OlderArchive))
    return services.database.write((tx) => writeArchive(services, tx, open, checked, { ...arrival, owner }, limits))
  const upgraded = await upgradeArchive(open(), checked.manifest, limits, services.clock())
  try {
    return await unpackOrganization(services, upgraded.open, arrival, limits)
  } finally {
    upgraded.close()
  }
}

/** Ends the first pass because the archive is from an earlier version. */
class OlderArchive extends Error {
  readonly manifest: Manifest
  constructor(manifest: Manifest) {
    super('The archive was made by an earlier version.')
    this.manifest = manifest
  }
}

/** The first pass. Writes nothing, and keeps only the persons in memory. */
async function checkArchive(read: Queries, source: Readable, limits: ArchiveLimits): Promise<Checked> {
  const persons = new Map<unknown, Person>()
  const seen: { manifest: Manifest | null } = { manifest: null }
  const { digest } = await readArchive(
    source,
    {
      async manifest(manifest) {
        await assertFits(read, manifest)
        seen.manifest = manifest
      },
      async line(line) {
        const row = checkRow(line, seen.manifest?.organizationId ?? '')
        if (line.table === 'persons') persons.set(row.id, { email: String(row.email), name: null })
        const person = persons.get(row.person_id)
        if ('person_id' in row && row.person_id !== null && !person)
          throw refusedLine(line, `${line.table}, person_id`, 'the archive holds no such person.')
        if (line.table === 'members' && person) person.name = String(row.name)
      },
    },
    limits,
  )
  if (!seen.manifest) throw brokenArchive()
  return { manifest: seen.manifest, digest, persons }
}

async function assertFits(db: Queries, manifest: Manifest): Promise<void> {
  const { schema, organizationId, name } = manifest
  const isEarlier = isEarlierSchema(schema)
  if (!isEarlier && schema !== (await schemaOf(db)))
    throw new SettingError('The archive was created by a newer version of Goodword. Update Goodword here first.')
  const [known] = await db.all(sql`SELECT id FROM organizations WHERE id = ${organizationId}`)
  if (known) throw new SettingError(`${name} already exists in this installation. Nothing was changed.`)
  if (isEarlier) throw new OlderArchive(manifest)
}

async function writeArchive(
  services: Services,
  tx: Queries,
  open: () => Readable,
  { manifest, digest, persons }: Checked,
  { owner, members }: ImportAccess,
  limits: ArchiveLimits,
): Promise<Unpacked> {
  const { organizationId } = manifest
  const places = await matchPersons(services, tx, persons)
  let invited = 0
  // Awaiting the file inside the transaction is fine: it is decompressed on another thread, and the server keeps
  // responding.
  const read = await readArchive(
    open(),
    {
      manifest: (again) => assertFits(tx, again),
      async line(line) {
        const row = checkRow(line, organizationId)
        if (line.table === 'enrollment_codes') await assertCodeFree(tx, row.code)
        if (line.table === 'leaderboard_pages') Object.assign(row, { slug: await freeSlugFor(tx, String(row.slug)) })
        if (line.table === 'persons') {
          const place = places.get(row.id)
          if (!place?.known) await insertRow(tx, line, { ...row, id: place?.id, email_verified: 0, image: null })
          return
        }
        const arrives = { ...row, ...importedValues(line.table, row) }
        if ('person_id' in row) Object.assign(arrives, { person_id: places.get(row.person_id)?.id ?? null })
        if (line.table === 'members') {
          const email = persons.get(row.person_id)?.email
          const invites = members && row.removed_at === null && email !== owner && !isFormer(email)
          if (invites) invited += 1
          Object.assign(arrives, invites ? invitation(row) : { removed_at: row.removed_at ?? services.clock() })
        }
        await insertRow(tx, line, arrives)
      },
    },
    limits,
  )
  if (read.digest !== digest) throw new SettingError('The archive changed while it was read. Nothing was changed.')
  const ctx = {
    ...contextFor(services, organizationId, { type: 'system', by: 'operator' }),
    db: tx,
    inTransaction: true,
  }
  const own = [...persons.values()].find((person) => person.email === owner)
  await addMember(ctx, { name: own?.name ?? owner.slice(0, 100), email: owner, role: 'owner' })
  const byCode = allProjections.filter(({ keptBy }) => keptBy === 'code')
  await rebuildProjections(tx, organizationId, byCode)
  await assertInvariants(services.database.read, tx)
  const { name } = manifest
  return { organizationId, name, rows: read.lines - 2, owner, invited }
}

/**
 * Maps each person in the archive to a person here. Accounts are matched by email address. If an id already belongs to
 * somebody else, the arriving person gets a new one, so nobody can take over an account.
 */
async function matchPersons(
  services: Services,
  tx: Queries,
  persons: Map<unknown, Person>,
): Promise<Map<unknown, { id: unknown; known: boolean }>> {
  const places = new Map<unknown, { id: unknown; known: boolean }>()
  for (const [id, { email }] of persons) {
    const [person] = await tx.all<[string]>(sql`SELECT id FROM persons WHERE email = ${email}`)
    const [taken] = await tx.all(sql`SELECT id FROM persons WHERE id = ${id}`)
    places.set(id, { id: person?.[0] ?? (taken ? services.newId('person') : id), known: person !== undefined })
  }
  return places
}

/** Codes are unique across the installation, because a link must lead to one advocate. */
async function assertCodeFree(tx: Queries, code: unknown): Promise<void> {
  const [taken] = await tx.all(sql`SELECT code FROM enrollment_codes WHERE code = ${code}`)
  if (taken)
    throw new SettingError(
      `The code ${String(code)} belongs to another advocate here. Change one of the two, then try again.`,
    )
}

/** The address of a leaderboard, which another organization here may have already. */
async function freeSlugFor(tx: Queries, slug: string): Promise<string> {
  const [taken] = await tx.all(sql`SELECT slug FROM leaderboard_pages WHERE slug = ${slug}`)
  return taken ? freeSlugFor(tx, `${slug}-2`) : slug
}

/**
 * The values that change on import: balances are rebuilt from transfers, and only the old installation sends queued
 * messages and reads events.
 */
function importedValues(table: string, row: Record<string, unknown>): Record<string, unknown> {
  if (table === 'ledger_accounts') return { balance: 0 }
  if (table === 'messages' && row.state === 'queued')
    return { state: 'suppressed', error: 'It waited to be sent when the organization moved here.' }
  if (table === 'invitations' && row.state === 'scheduled')
    return { state: 'canceled', send_at: null, handed_over: '[]', reason: JSON.stringify({ reason: 'moved_here' }) }
  if (table === 'invitations') return { follow_up_at: null, handed_over: '[]' }
  if (table === 'job_events' && row.outcome === 'received') return { outcome: 'rejected', reason: 'broke_on_our_side' }
  return {}
}

/** An owner is invited as an admin. The owner here can promote them. */
const invitation = ({ role }: Record<string, unknown>) => ({
  removed_at: null,
  accepted_at: null,
  last_seen_at: null,
  role: role === 'owner' ? 'admin' : role,
})

/**
 * Throws if an invariant is broken. Says so if it was broken before the import, because then the archive isn't to
 * blame.
 */
async function assertInvariants(read: Queries, tx: Queries): Promise<void> {
  const [broken] = await verify(tx)
  if (!broken) return
  const [before] = await verify(read)
  if (before)
    throw new SettingError(
      `This installation already breaks an invariant: ${before.invariant} Run verify and repair it first. Nothing was changed.`,
    )
  throw new SettingError(
    `The archive breaks an invariant: ${broken.invariant} Run verify in the old installation, repair it, and create the archive again. Nothing was changed.`,
  )
}
