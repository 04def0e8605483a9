import { createReadStream, createWriteStream, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { SettingError } from '../shared/settingError.ts'
import type { Command } from './command.ts'
import { organizationOf, organizationOption } from './organizations.ts'

/** The process that owns the database reads and writes the files. It runs on the same computer. */
const fileOption = { value: 'PATH', says: 'The file, from the root of the disk', required: true }

export const packCommand: Command = {
  name: 'organization pack',
  says: 'Put everything of an organization into one file, to keep or to move',
  options: { file: fileOption, organization: organizationOption },
  async run(opened, given) {
    const { exportArchive } = await import('../modules/platform/organizations/archive.ts')
    const ctx = await organizationOf(opened, given)
    const path = resolve(given('file'))
    const archive = await exportArchive(ctx)
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    let made = false
    file.once('open', () => {
      made = true
    })
    await onFile(path, () => pipeline(archive, file)).catch((error: unknown) => {
      // Delete a partial archive. A file that was there before stays.
      if (made) rmSync(path, { force: true })
      throw error
    })
    return {
      text: `${path} holds the whole organization. Keep it like a secret.`,
      data: { path, bytes: file.bytesWritten },
    }
  },
}

export const unpackCommand: Command = {
  name: 'organization unpack',
  says: 'Bring an organization into this installation from such a file',
  options: {
    file: fileOption,
    owner: { value: 'EMAIL', says: 'Who owns it here; nobody else can open it', required: true },
    members: { says: 'Invite everyone else who worked there; without this they arrive removed' },
  },
  async run(opened, given) {
    const { unpackOrganization } = await import('../archive/importArchive.ts')
    const services = await opened.services()
    const path = resolve(given('file'))
    const arrival = { owner: given('owner'), members: given('members') === 'on' }
    const unpacked = await onFile(path, () => unpackOrganization(services, () => createReadStream(path), arrival))
    const { name, rows, owner, invited } = unpacked
    const others = invited > 0 ? ` Invitations wait for ${invited}: send them in the console, under Members.` : ''
    return {
      text: `${name} is here, with ${rows.toLocaleString('en-US')} rows, and verify found nothing. ${owner} owns it.${others}`,
      data: unpacked,
    }
  },
}

/** Explains what is wrong with a file; other errors pass through. Throws SettingError. */
async function onFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Error && 'syscall' in error && 'code' in error ? error.code : null
    if (code === null) throw error
    if (code === 'EEXIST') throw new SettingError(`${path} already exists. Choose another name.`)
    if (code === 'ENOENT') throw new SettingError(`${path} does not exist.`)
    throw new SettingError(`${path} cannot be used: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
