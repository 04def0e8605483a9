import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { Database } from '../database/database.ts'
import type { Services } from '../shared/context.ts'
import { SettingError } from '../shared/settingError.ts'

/** The result of a command, as text and as JSON for --json. `failed` exits with 1. */
export type Outcome = { text: string; data: unknown; failed?: boolean }

export type Option = {
  says: string
  /** The placeholder for the value in the help, such as ID or NAME. Without it the option is a switch. */
  value?: string
  required?: boolean
  fallback?: string
}

/** Returns the value of an option. A switch is 'on' or ''. */
export type ParsedOptions = (name: string) => string

/** What a command works on: a migrated database, and the server's code for commands that need it. */
export type Opened = {
  database: Database
  /** How many migrations ran. */
  migrated: number
  services(): Promise<Services>
}

/** Name, help and options load no code; `run` imports what it needs. */
export type Command = {
  /** Such as "key create". */
  name: string
  says: string
  options: Record<string, Option>
  run(opened: Opened, given: ParsedOptions): Promise<Outcome>
}

const globalOptions: Record<string, Option> = {
  json: { says: 'Answer as JSON' },
  help: { says: 'Show this help' },
}

/** Finds the command at the start of a command line. Names may have two words. */
export const findCommand = <C extends { name: string }>(commands: C[], words: string[]): C | undefined =>
  commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))

/** Parses the options after the command's name. Throws SettingError that says how to fix them. */
export function parseOptions(command: Pick<Command, 'name' | 'options'>, words: string[]): ParsedOptions {
  const known = { ...command.options, ...globalOptions }
  const options: NonNullable<ParseArgsConfig['options']> = {}
  for (const [name, option] of Object.entries(known)) options[name] = { type: option.value ? 'string' : 'boolean' }
  const values = parse(command.name, { args: words.slice(command.name.split(' ').length), options })
  const given: ParsedOptions = (name) => {
    const value = values[name]
    if (typeof value === 'string') return value.trim()
    return value === true ? 'on' : (known[name]?.fallback ?? '')
  }
  const missing = Object.entries(known).find(([name, option]) => option.required && given(name) === '')
  if (missing && given('help') === '')
    throw new SettingError(`Add --${missing[0]} ${missing[1].value}. ${hint(command.name)}`)
  return given
}

function parse(name: string, config: ParseArgsConfig): Record<string, unknown> {
  try {
    return parseArgs(config).values
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/(?<=\.) |\. To specify/)
    throw new SettingError(`${sentence.replace(/\.$/, '')}. ${hint(name)}`)
  }
}

const hint = (name: string) => `See npm run goodword -- ${name} --help`

export function helpOf(command: Pick<Command, 'name' | 'says' | 'options'>): string {
  const rows = Object.entries({ ...command.options, ...globalOptions }).map(([name, option]): [string, string] => [
    `--${name}${option.value ? ` ${option.value}` : ''}`,
    [option.says, option.required ? '(required)' : '', option.fallback ? `(default ${option.fallback})` : '']
      .filter(Boolean)
      .join(' '),
  ])
  return [`npm run goodword -- ${command.name}`, '', command.says, '', ...alignColumns(rows)].join('\n')
}

export const helpOfAll = (commands: Pick<Command, 'name' | 'says'>[]): string =>
  [
    'npm run goodword -- <command> [options]',
    '',
    ...alignColumns(commands.map(({ name, says }) => [name, says])),
    '',
    'Each has --help. Settings come from the environment: DATABASE_URL, PORT and others.',
  ].join('\n')

/** Two columns, the first as wide as its longest entry. */
export function alignColumns(rows: [string, string][]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length))
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`)
}
