import type { Owner } from '../database/ownership.ts'
import { SettingError } from '../shared/settingError.ts'
import type { Outcome } from './command.ts'

export const secretHeader = 'x-goodword-owner'

/** Runs a command in the process that owns the database. Throws SettingError when it does not respond. */
export async function askOwner(owner: Owner, words: string[]): Promise<Outcome> {
  const response = await fetch(`${owner.url}/-/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [secretHeader]: owner.secret },
    body: JSON.stringify({ words }),
  }).catch((error: unknown) => {
    throw new SettingError(`The server at ${owner.url} owns the database and doesn't respond.`, { cause: error })
  })
  const body: unknown = await response.json()
  if (response.ok && isOutcome(body)) return body
  throw new SettingError(`The server at ${owner.url} owns the database and responded with ${response.status}.`)
}

const isOutcome = (value: unknown): value is Outcome =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
