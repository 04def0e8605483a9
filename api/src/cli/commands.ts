import type { Scope } from '@goodword/contracts'
import { scopes } from '@goodword/contracts/scopes'
import type * as z from 'zod'
import type { NewOrganization } from '../modules/surfaces/setup/createOrganization.ts'
import { SettingError } from '../shared/settingError.ts'
import { packCommand, unpackCommand } from './archive.ts'
import { alignColumns, type Command } from './command.ts'
import { organizationOf, organizationOption } from './organizations.ts'

const migrateCommand: Command = {
  name: 'migrate',
  says: 'Bring the database up to date; start does this too',
  options: {},
  run: async ({ migrated }) => ({
    text: migrated === 0 ? 'The database is up to date.' : `The database is up to date: ${migrated} migrations ran.`,
    data: { migrated },
  }),
}

const seedCommand: Command = {
  name: 'seed',
  says: 'Fill an empty database with a demo: one year of a plumbing business',
  options: {},
  async run(opened) {
    const { isEmpty, seedDemo } = await import('../seed/seed.ts')
    const services = await opened.services()
    if (!(await isEmpty(services))) {
      throw new SettingError(
        'This database already holds data. The demo needs an empty one: set DATABASE_URL to a new file.',
      )
    }
    const seeded = await seedDemo(services)
    return { text: 'The demo is ready. Start the server to see it.', data: seeded }
  },
}

const verifyCommand: Command = {
  name: 'verify',
  says: 'Check every invariant of money and history in the database',
  options: {},
  async run({ database }) {
    const { invariantsChecked, verify } = await import('../verify.ts')
    const found = await verify(database.background)
    const findings = found.map(({ invariant, rows }) => ({ invariant, rows }))
    if (findings.length === 0) {
      return { text: `All ${invariantsChecked} checks passed.`, data: { checked: invariantsChecked, findings } }
    }
    const lines = findings.flatMap(({ invariant, rows }) => [
      `Broken: ${invariant}`,
      ...rows.map((row) => `  ${JSON.stringify(row)}`),
    ])
    return { text: lines.join('\n'), data: { checked: invariantsChecked, findings }, failed: true }
  },
}

const rebuildCommand: Command = {
  name: 'rebuild',
  says: 'Count and index everything anew, if verify says that a count or the search is wrong',
  options: {},
  async run(opened) {
    const { listOrganizations } = await import('../modules/platform/organizations/organizations.ts')
    const { allProjections, rebuildProjections } = await import('../projections.ts')
    const services = await opened.services()
    const organizations = await listOrganizations(services)
    for (const { id } of organizations) await services.database.write((tx) => rebuildProjections(tx, id))
    const names = allProjections.map(({ name }) => name)
    return {
      text: `Rebuilt for ${organizations.length} organizations: ${names.join(', ')}.`,
      data: { organizations: organizations.length, projections: names },
    }
  },
}

const createOrganizationCommand: Command = {
  name: 'organization create',
  says: 'Create an organization with its owner and the publishable key for its snippet',
  options: {
    name: { value: 'NAME', says: 'The name friends know it by', required: true },
    'owner-name': { value: 'NAME', says: 'Name of the owner', required: true },
    'owner-email': { value: 'EMAIL', says: 'Email address for the owner’s sign-in links', required: true },
    currency: { value: 'CODE', says: 'Currency, ISO 4217', fallback: 'USD' },
    'time-zone': { value: 'ZONE', says: 'Time zone, IANA name', fallback: 'America/New_York' },
    country: { value: 'CODE', says: 'Two letters; the country of phone numbers entered without +', fallback: 'US' },
    tagline: { value: 'TEXT', says: 'A few words shown under the name' },
    phone: { value: 'NUMBER', says: 'Shown to friends who prefer to call' },
    address: { value: 'TEXT', says: 'Shown on the hosted page' },
    color: { value: 'HEX', says: 'The brand color', fallback: '#8a2c5e' },
  },
  async run(opened, given) {
    const { createOrganization } = await import('../modules/surfaces/setup/createOrganization.ts')
    const services = await opened.services()
    const { organization, owner, publishableKey } = await createOrganization(services, {
      name: given('name'),
      tagline: given('tagline'),
      // `createOrganization` validates it, with an error for each field.
      currency: given('currency') as NewOrganization['currency'],
      timeZone: given('time-zone'),
      country: given('country'),
      brandColor: given('color'),
      phone: given('phone') || null,
      address: given('address') || null,
      owner: { name: given('owner-name'), email: given('owner-email') },
    })
    const rows = alignColumns([
      ['Organization', organization.id],
      ['Publishable key', publishableKey],
      ['Console', `${services.config.publicUrl}/console`],
    ])
    return {
      text: [`${organization.name} is ready. ${owner.name} signs in with ${owner.email}.`, ...rows].join('\n'),
      data: { organization, owner, publishableKey },
    }
  },
}

const inviteMemberCommand: Command = {
  name: 'member invite',
  says: 'Invite a member, who joins by accepting',
  options: {
    name: { value: 'NAME', says: 'Name of the member', required: true },
    email: { value: 'EMAIL', says: 'Email address for their sign-in links', required: true },
    role: { value: 'ROLE', says: 'owner, admin or staff', fallback: 'staff' },
    organization: organizationOption,
  },
  async run(opened, given) {
    const { InviteMember } = await import('@goodword/contracts')
    const { inviteMember } = await import('../modules/platform/members/members.ts')
    const ctx = await organizationOf(opened, given)
    const input = read(InviteMember, { name: given('name'), email: given('email'), role: given('role') })
    const member = await inviteMember(ctx, input)
    const how = ctx.config.smtpUrl ? 'An email with the link is on its way.' : 'The server prints the link.'
    return { text: `${member.name} is invited (${member.role}) and joins by accepting. ${how}`, data: member }
  },
}

const createKeyCommand: Command = {
  name: 'key create',
  says: 'Create an API key; a secret key is shown only once',
  options: {
    name: { value: 'NAME', says: 'What the key is for', required: true },
    kind: { value: 'KIND', says: 'secret for servers, publishable for websites', fallback: 'secret' },
    scopes: { value: 'LIST', says: `Any of ${scopes.join(',')}`, fallback: 'all' },
    organization: organizationOption,
  },
  async run(opened, given) {
    const { CreateKey } = await import('@goodword/contracts')
    const { createKey } = await import('../modules/platform/keys/keys.ts')
    const ctx = await organizationOf(opened, given)
    const input = { kind: given('kind'), name: given('name'), scopes: parseScopes(given('scopes')) }
    const key = await createKey(ctx, read(CreateKey, input))
    return { text: key.key, data: key }
  },
}

const revokeKeyCommand: Command = {
  name: 'key revoke',
  says: 'Revoke an API key immediately',
  options: { id: { value: 'ID', says: 'The key: key_…', required: true }, organization: organizationOption },
  async run(opened, given) {
    const { revokeKey } = await import('../modules/platform/keys/keys.ts')
    const key = await revokeKey(await organizationOf(opened, given), given('id'))
    return { text: `The key "${key.name}" is revoked.`, data: key }
  },
}

/** Every command except start. */
export const commands: Command[] = [
  migrateCommand,
  seedCommand,
  verifyCommand,
  rebuildCommand,
  createOrganizationCommand,
  inviteMemberCommand,
  createKeyCommand,
  revokeKeyCommand,
  packCommand,
  unpackCommand,
]

function parseScopes(list: string): Scope[] {
  if (list === 'all') return [...scopes]
  return list.split(',').map((name) => {
    const known = scopes.find((scope) => scope === name.trim())
    if (!known) throw new SettingError(`There is no scope "${name.trim()}". Choose from ${scopes.join(',')}.`)
    return known
  })
}

function read<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new SettingError(`The option --${String(issue?.path[0])} is not valid: ${issue?.message}`)
}
