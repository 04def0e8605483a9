import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { SettingError } from '../shared/settingError.ts'
import type { Command } from './command.ts'
import { organizationOf, organizationOption } from './organizations.ts'

/** The process that owns the database reads and writes the files; it runs on the same computer. */
const fileOption = { value: 'PATH', says: 'The file, from the root of the disk', required: true }

export const packCommand: Command = {
  name: 'organization pack',
  says: 'Put everything of an organization into one file, to keep or to move',
  options: { file: fileOption, organization: organizationOption },
  async run(opened, given) {
    const { takeAlong } = await import('../modules/platform/organizations/archive.ts')
    const ctx = await organizationOf(opened, given)
    const path = resolve(given('file'))
    const archive = await takeAlong(ctx)
    tryFile(path, () => writeFileSync(path, archive, { flag: 'wx', mode: 0o600 }))
    return {
      text: `${path} holds the whole organization. Keep it like a secret.`,
      data: { path, bytes: archive.length },
    }
  },
}

export const unpackCommand: Command = {
  name: 'organization unpack',
  says: 'Bring an organization into this installation from such a file',
  options: { file: fileOption },
  async run({ database }, given) {
    const { unpackOrganization } = await import('../database/archive.ts')
    const path = resolve(given('file'))
    const archive = tryFile(path, () => readFileSync(path))
    const unpacked = await unpackOrganization(database, archive)
    return {
      text: `${unpacked.name} is here, with ${unpacked.rows.toLocaleString('en-US')} rows. Check it with verify.`,
      data: unpacked,
    }
  },
}

function tryFile<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EEXIST') throw new SettingError(`${path} exists already. Choose another name.`)
    if (code === 'ENOENT') throw new SettingError(`${path} is not there.`)
    throw new SettingError(`${path} cannot be used: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
