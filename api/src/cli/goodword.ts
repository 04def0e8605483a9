import { setTimeout as wait } from 'node:timers/promises'
import { type Config, readConfig } from '../config.ts'
import { databasePath } from '../database/database.ts'
import { ownerOf } from '../database/ownership.ts'
import { type RunningServer, startServer } from '../server.ts'
import { openServices, tryToOwn } from '../services.ts'
import { AppError } from '../shared/errors.ts'
import { SettingError } from '../shared/settingError.ts'
import { alignColumns, type Command, findCommand, helpOf, helpOfAll, type Outcome, parseOptions } from './command.ts'
import { commands } from './commands.ts'
import { askOwner } from './owner.ts'

const startCommand: Pick<Command, 'name' | 'says' | 'options'> = {
  name: 'start',
  says: 'Start the server; with an empty database, with a demo',
  options: {},
}
const ownerPatienceMs = 5_000

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof SettingError || error instanceof AppError) console.error(error.message)
  else console.error(error)
  process.exit(1)
})

async function main(words: string[]): Promise<void> {
  const all = [startCommand, ...commands]
  if (words.length === 0 || words[0] === 'help' || words[0] === '--help') return console.log(helpOfAll(all))
  const command = findCommand(all, words)
  if (!command) throw new SettingError(`There is no command "${words.join(' ')}".\n\n${helpOfAll(all)}`)
  const given = parseOptions(command, words)
  if (given('help')) return console.log(helpOf(command))
  const config = readConfig()
  const other = findCommand(commands, words)
  if (!other) return start(config)
  const { text, data, failed } = await runCommand(config, other, words)
  const answer = given('json') ? JSON.stringify(data, null, 2) : text
  if (failed) console.error(answer)
  else console.log(answer)
  process.exitCode = failed ? 1 : 0
}

/** Runs the command in this process when no other owns the file, otherwise in the owner. */
async function runCommand(config: Config, command: Command, words: string[]): Promise<Outcome> {
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

async function runHere(config: Config, command: Command, words: string[]): Promise<Outcome> {
  const opened = await openServices(config)
  try {
    return await command.run(opened, parseOptions(command, words))
  } finally {
    await opened.close()
  }
}

async function start(config: Config): Promise<void> {
  const server = await startServer(config)
  console.log(welcome(server))
  const { log } = server.services
  let stopping = false
  const stop = async () => {
    // A second signal exits at once.
    if (stopping) process.exit(1)
    stopping = true
    await server.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'the server stops because of an error nobody handled')
      process.exit(1)
    })
  }
}

function welcome({ url, demo }: RunningServer): string {
  if (demo.length === 0) return `Goodword runs at ${url}. Open ${url}/console`
  const links = demo.flatMap(({ title, url: link, note }) =>
    alignColumns([[title.padEnd(8), note]]).concat(`            ${link}`),
  )
  return ['', 'Goodword runs. Open:', '', ...links, '', 'Ctrl-C stops it.', ''].join('\n')
}
