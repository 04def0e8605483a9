import { createHmac } from 'node:crypto'
import { numberAfterRefusal } from '@goodword/domain'
import type { Config } from '../../../config.ts'
import { isSameText } from '../../../shared/sameText.ts'
import { DeliveryError, type Transport } from './outgoing.ts'

export type TwilioSettings = NonNullable<Config['twilio']>

const waitMs = 15_000

/** Where Twilio reports what became of the texts it took. */
export const reportsPath = '/inbound/twilio/status'

/** Sends texts through Twilio, or through a server with the same API at `baseUrl`. Reports need a public address. */
export function sendByTwilio(settings: TwilioSettings, publicUrl: string): Transport {
  const { accountSid, authToken, from, baseUrl } = settings
  const url = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  return {
    async send({ id, to, body }) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization, accept: 'application/json' },
        body: new URLSearchParams({
          To: to,
          From: from,
          Body: body,
          ...(publicUrl.startsWith('https:') ? { StatusCallback: `${publicUrl}${reportsPath}?message=${id}` } : {}),
        }),
        signal: AbortSignal.timeout(waitMs),
        redirect: 'error',
      }).catch((error: unknown) => {
        throw new DeliveryError(
          `Twilio did not answer: ${error instanceof Error ? error.message : String(error)}`,
          false,
        )
      })
      if (!response.ok) throw await refusalOf(response)
      await response.body?.cancel()
    },
    close: () => undefined,
  }
}

/** A rejected text or number stays rejected. Twilio being busy, or an account problem, may pass. */
async function refusalOf(response: Response): Promise<DeliveryError> {
  const body: unknown = await response.json().catch(() => null)
  const { code, message } = (typeof body === 'object' && body !== null ? body : {}) as {
    code?: unknown
    message?: unknown
  }
  const refusal = typeof code === 'number' ? numberAfterRefusal(code) : null
  if (refusal !== null) return new DeliveryError(refusalWords[refusal], true, refusal)
  const words =
    typeof message === 'string' ? message.replace(/\p{C}+/gu, ' ').slice(0, 300) : `Twilio answered ${response.status}.`
  return new DeliveryError(words, response.status === 400 || response.status === 404)
}

/** What a refused text says in the list of messages. */
export const refusalWords = {
  stopped: 'They replied STOP: this number gets no more texts.',
  landline: 'This is a landline or can’t be reached: it gets no texts.',
}

/** Whether a form really comes from Twilio. The signature covers the URL and all fields, sorted by name. */
export function isFromTwilio(authToken: string, url: string, fields: URLSearchParams, signature: string): boolean {
  const sorted = [...fields].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  const signed = url + sorted.map(([name, value]) => name + value).join('')
  return isSameText(signature, createHmac('sha1', authToken).update(signed).digest('base64'))
}
