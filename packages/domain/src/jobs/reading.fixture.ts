import type { ConnectionKind, ConnectionMapping } from '@goodword/contracts'
import { interpret } from './interpret.ts'
import type { JobEvent } from './jobEvent.ts'
import { readJson, textOfBytes } from './jsonText.ts'

const encoder = new TextEncoder()
export const by = (kind: ConnectionKind, mapping: ConnectionMapping | null = null) => ({
  kind,
  mapping,
  currency: 'USD',
})
/** A body as bytes; a text is taken as it is. */
export const bytes = (body: unknown) => encoder.encode(typeof body === 'string' ? body : JSON.stringify(body))
/** Reads a body as one event of a kind of connection. */
export const read = (kind: ConnectionKind, body: unknown, topic = '', mapping: ConnectionMapping | null = null) =>
  interpret(wholePart(bytes(body)), by(kind, mapping), topic)

/** A body as one event. */
export function wholePart(body: Uint8Array) {
  const text = textOfBytes(body)
  const reading = text === null ? null : readJson(text)
  return { bytes: body, json: reading !== null && 'json' in reading ? reading.json : null }
}

/** What was understood. Throws for anything but an event. */
export function event(...given: Parameters<typeof read>): JobEvent {
  const reading = read(...given)
  if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
  return reading.event
}

/** Why a body is no event. */
export const why = (...given: Parameters<typeof read>) => {
  const reading = read(...given)
  return 'reason' in reading ? { [reading.is]: reading.reason, ...reading.facts } : reading.is
}

export const noon = Date.parse('2026-11-30T12:00:00Z')
