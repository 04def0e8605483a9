import type { IncomingMessage, RequestListener } from 'node:http'
import type { Headed, OwnHeaders } from './send.ts'

/** A request that isn't routed yet. */
export type Asked = Headed & {
  method: string | undefined
  /** With the query. */
  path: string
}

/** A response whose body is the bytes of its text in UTF-8, as one character each ("latin1"). */
export type Answer = { status: number; headers: OwnHeaders; bytes: string }

/**
 * Answers what is asked over and over, from what is in memory, or returns null: then the request is routed and answered
 * by its handler, in the same way.
 */
export type Shortcut = (asked: Asked) => Answer | null

/**
 * Handles a request by a shortcut if one answers, and otherwise by `route`. Only for what many people ask for at once:
 * routing, promises and headers take most of the time of a response whose content is known already. Text in Latin 1 goes
 * out with its headers in one piece, while Node sends bytes on their own and text in UTF-8 is encoded anew each time.
 */
export function withShortcuts(shortcuts: ReadonlyMap<string, Shortcut>, route: RequestListener): RequestListener {
  return (incoming, outgoing) => {
    const answer = attempt(shortcuts, incoming)
    if (answer === null) return route(incoming, outgoing)
    outgoing.writeHead(answer.status, answer.headers).end(answer.bytes, 'latin1')
    return undefined
  }
}

function attempt(shortcuts: ReadonlyMap<string, Shortcut>, incoming: IncomingMessage): Answer | null {
  const { url: path = '', method } = incoming
  for (const [beginning, shortcut] of shortcuts) {
    if (!path.startsWith(beginning)) continue
    try {
      return shortcut({ env: { incoming }, req: unread, method, path })
    } catch {
      // Such as a rate limit. It fails in the same way once the request is routed, and is answered there.
      return null
    }
  }
  return null
}

const unread = { header: () => undefined }
