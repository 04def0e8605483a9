import type { SubmitReferral, SubmittedReferral } from '@goodword/contracts'
import type { Answer, EmbedServer } from './server.ts'

/** The server rejects forms younger than 2 seconds. The extra 200 ms allow for clock differences. */
const youngest = 2_200
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

export type Token = {
  /** Sends with the current token. If it is too new, expired or used, gets another and retries once. */
  send(referral: Omit<SubmitReferral, 'formToken'>): Promise<Answer<SubmittedReferral>>
}

/** `at` is when the token was issued, in milliseconds since 1970. */
export function createToken(server: EmbedServer, first: { text: string; at: number }, code: string | null): Token {
  let token = first
  const sendOnce = async (referral: Omit<SubmitReferral, 'formToken'>) => {
    const left = token.at + youngest - Date.now()
    // Waits no longer than necessary: the page may be unloading.
    if (left > 0) await wait(left)
    return server.submit({ ...referral, formToken: token.text })
  }
  return {
    async send(referral) {
      const answer = await sendOnce(referral)
      if (!/^form_to/.test(answer?.problem?.code || '')) return answer
      const fresh = await server.form(code)
      if (!fresh?.value) return null
      token = { text: fresh.value.formToken, at: Date.now() }
      return sendOnce(referral)
    },
  }
}
