import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '../config.ts'
import { databasePath } from '../database/databasePath.ts'
import { ownerOf, tryToOwn } from '../database/ownership.ts'
import { SettingError } from '../shared/settingError.ts'
import { type Command, type Outcome, parseOptions } from './command.ts'
import { askOwner } from './commandClient.ts'

const ownerPatienceMs = 5_000

/** Runs the command in this process if no other process owns the file, otherwise in the owner. */
export async function runCommand(config: Config, command: Command, words: string[]): Promise<Outcome> {
  const path = databasePath(config.databaseUrl)
  const deadline = Date.now() + ownerPatienceMs
  while (path !== null) {
    const ownership = tryToOwn(path)
    if (ownership) {
      try {
        return await runHere(config, command, words)
      } finally {
        ownership.release()
      }
    }
    const owner = ownerOf(path)
    if (owner) return askOwner(owner, words)
    if (Date.now() > deadline) throw new SettingError(`The database ${path} is in use by another process.`)
    await wait(100)
  }
  return runHere(config, command, words)
}

/** Loads only the code the command needs, because most of the server takes a second to load. */
async function runHere(config: Config, command: Command, words: string[]): Promise<Outcome> {
  const { openMigrated } = await import('../database/opening.ts')
  const opened = await openMigrated(config)
  const services = async () => (await import('../services.ts')).servicesOn(config, opened.database)
  try {
    if (opened.unfilled) {
      const { fillProjections } = await import('../projections.ts')
      await fillProjections(await services())
    }
    return await command.run({ ...opened, services }, parseOptions(command, words))
  } finally {
    await opened.database.close()
  }
}
