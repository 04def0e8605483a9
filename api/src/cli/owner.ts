import { createHash, timingSafeEqual } from 'node:crypto'
import type { Owner } from '../database/ownership.ts'
import type { Services } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import type { Http } from '../shared/router.ts'
import { SettingError } from '../shared/settingError.ts'
import { findCommand, type Outcome, parseOptions } from './command.ts'
import { commands } from './commands.ts'

const secretHeader = 'x-goodword-owner'

/**
 * Runs commands for other processes of this computer in the process that owns the database. The caller must present the
 * secret from a file that only the user running the server can read; everyone else gets a 404.
 */
export const answerCommands =
  (services: Services, secret: string) =>
  async (http: Http): Promise<Response> => {
    if (!isLocal(http) || !sameText(http.req.header(secretHeader) ?? '', secret)) throw new AppError('not_found')
    const words = wordsOf(await jsonOf(http))
    const command = findCommand(commands, words)
    if (!command) throw new AppError('not_found')
    try {
      return http.json(await command.run({ services, migrated: 0 }, parseOptions(command, words)))
    } catch (error) {
      if (!(error instanceof SettingError || error instanceof AppError)) throw error
      return http.json({ text: error.message, data: { error: error.message }, failed: true } satisfies Outcome)
    }
  }

/** Runs a command in the process that owns the database. Throws SettingError when it does not respond. */
export async function askOwner(owner: Owner, words: string[]): Promise<Outcome> {
  const answer = await fetch(`${owner.url}/-/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [secretHeader]: owner.secret },
    body: JSON.stringify({ words }),
  }).catch((error: unknown) => {
    throw new SettingError(`The server at ${owner.url} owns the database and does not answer.`, { cause: error })
  })
  const body: unknown = await answer.json()
  if (answer.ok && isOutcome(body)) return body
  throw new SettingError(`The server at ${owner.url} owns the database and answered ${answer.status}.`)
}

function isLocal(http: Http): boolean {
  const { incoming } = http.env as { incoming?: { socket: { remoteAddress?: string; localAddress?: string } } }
  const { remoteAddress, localAddress } = incoming?.socket ?? {}
  return remoteAddress !== undefined && remoteAddress === localAddress && !http.req.header('x-forwarded-for')
}

/** Of equal length whatever was given, so that comparing them can neither fail nor tell anything. */
const digest = (text: string) => createHash('sha256').update(text).digest()
const sameText = (given: string, wanted: string) => timingSafeEqual(digest(given), digest(wanted))

async function jsonOf(http: Http): Promise<unknown> {
  try {
    return await http.req.json<unknown>()
  } catch {
    throw new AppError('malformed_json')
  }
}

function wordsOf(body: unknown): string[] {
  const words = typeof body === 'object' && body !== null && 'words' in body ? body.words : []
  return Array.isArray(words) ? words.map(String) : []
}

const isOutcome = (value: unknown): value is Outcome =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
