import { createHash, timingSafeEqual } from 'node:crypto'
import type { Services } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { type Http, sendJson } from '../shared/send.ts'
import { SettingError } from '../shared/settingError.ts'
import { findCommand, type Outcome, parseOptions } from './command.ts'
import { secretHeader } from './commandClient.ts'
import { commands } from './commands.ts'

/**
 * Runs commands for other processes on this computer in the process that owns the database. The caller must present the
 * secret from a file that only the user running the server can read. Everyone else gets a 404.
 */
export const serveCommands =
  (services: Services, secret: string) =>
  async (http: Http): Promise<Response> => {
    const opened = { database: services.database, migrated: 0, services: async () => services }
    if (!isLocal(http) || !sameText(http.req.header(secretHeader) ?? '', secret)) throw new AppError('not_found')
    const words = wordsOf(await jsonOf(http))
    const command = findCommand(commands, words)
    if (!command) throw new AppError('not_found')
    try {
      return sendJson(http, 200, await command.run(opened, parseOptions(command, words)))
    } catch (error) {
      if (!(error instanceof SettingError || error instanceof AppError)) throw error
      const outcome = { text: error.message, data: { error: error.message }, failed: true } satisfies Outcome
      return sendJson(http, 200, outcome)
    }
  }

function isLocal(http: Http): boolean {
  const { incoming } = http.env as { incoming?: { socket: { remoteAddress?: string; localAddress?: string } } }
  const { remoteAddress, localAddress } = incoming?.socket ?? {}
  return remoteAddress !== undefined && remoteAddress === localAddress && !http.req.header('x-forwarded-for')
}

/** Hashing makes both sides the same length, so the comparison can't throw and its timing reveals nothing. */
const sha256 = (text: string) => createHash('sha256').update(text).digest()
const sameText = (given: string, wanted: string) => timingSafeEqual(sha256(given), sha256(wanted))

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
