import type { Ctx } from '../shared/context.ts'
import { SettingError } from '../shared/settingError.ts'
import type { Opened, Option, ParsedOptions } from './command.ts'

export const organizationOption: Option = { value: 'ID', says: 'The organization; not needed when there is one only' }

/** The organization named in the options, or the only one. Throws SettingError. */
export async function organizationOf(opened: Opened, given: ParsedOptions): Promise<Ctx> {
  const { listOrganizations } = await import('../modules/platform/organizations/organizations.ts')
  const { contextFor } = await import('../shared/context.ts')
  const services = await opened.services()
  const all = await listOrganizations(services)
  const named = given('organization')
  const chosen = named ? all.find(({ id }) => id === named) : all.length === 1 ? all[0] : undefined
  if (chosen) return contextFor(services, chosen.id, { type: 'system', by: 'operator' })
  if (all.length === 0) throw new SettingError('There is no organization yet. Create one with organization create.')
  const list = all.map(({ id, name }) => `${id} (${name})`).join(', ')
  throw new SettingError(`Add --organization with one of these: ${list}.`)
}
