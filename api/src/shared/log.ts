import pino from 'pino'
import type { Config } from '../config.ts'

/** A failed query's error contains its values, which may be personal data, so they are kept out of the log. */
export function createLog(level: Config['logLevel']) {
  const withoutValues = (text: string | undefined) => text?.replace(/\nparams: [^\n]*/g, '') ?? ''
  const err = (error: Error) => {
    const redactedMessage = pino.stdSerializers.err(error)
    return {
      ...redactedMessage,
      params: undefined,
      message: withoutValues(redactedMessage.message),
      stack: withoutValues(redactedMessage.stack),
    }
  }
  return pino({ level, base: null, serializers: { err } }, pino.destination({ dest: 2, sync: true }))
}
