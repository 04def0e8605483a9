import { SettingError } from '../shared/settingError.ts'
import { type Command, findCommand, helpOf, helpOfAll, parseOptions } from './command.ts'
import { commands } from './commands.ts'

const startCommand: Pick<Command, 'name' | 'says' | 'options'> = {
  name: 'start',
  says: 'Start the server; with an empty database, with a demo',
  options: {},
}

main(process.argv.slice(2)).catch(async (error: unknown) => {
  console.error(error instanceof Error && (await isExpected(error)) ? error.message : error)
  process.exit(1)
})

/** Each step imports its code when it is reached, so that help and setting errors appear without delay. */
async function main(words: string[]): Promise<void> {
  const all = [startCommand, ...commands]
  if (words.length === 0 || words[0] === 'help' || words[0] === '--help') return console.log(helpOfAll(all))
  const command = findCommand(all, words)
  if (!command) throw new SettingError(`There is no command "${words.join(' ')}".\n\n${helpOfAll(all)}`)
  const given = parseOptions(command, words)
  if (given('help')) return console.log(helpOf(command))
  const config = (await import('../config.ts')).readConfig()
  const other = findCommand(commands, words)
  if (!other) return (await import('./serve.ts')).serve(config)
  const { runCommand } = await import('./runCommand.ts')
  const { text, data, failed } = await runCommand(config, other, words)
  const answer = given('json') ? JSON.stringify(data, null, 2) : text
  if (failed) console.error(answer)
  else console.log(answer)
  process.exitCode = failed ? 1 : 0
}

async function isExpected(error: Error): Promise<boolean> {
  return error instanceof SettingError || error instanceof (await import('../shared/errors.ts')).AppError
}
