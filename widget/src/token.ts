import type { SubmitReferral, SubmittedReferral } from '@goodword/contracts'
import type { Answer } from './request.ts'
import type { EmbedServer } from './server.ts'

/** The server rejects forms younger than 2 seconds. The extra 200 ms allow for clock differences. */
const youngest = 2_200
/** What a page waits that can't prove work, before it sends again. */
const instead = 5_200
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

type Referral = Omit<SubmitReferral, 'formToken' | 'proof' | 'leaving'>

export type Token = {
  /** Finds the proof before it is asked for, if the server said that one may be needed. */
  begin(): void
  /**
   * Sends with the current token. If it is too new, expired or used, gets another and retries once. Proves work where the
   * server asks for it. Of a page that is `leaving`, the first answer is the last: without a proof found before, the server
   * takes it as it is.
   */
  send(referral: Referral, leaving?: boolean): Promise<Answer<SubmittedReferral>>
}

/** When the token was issued, in milliseconds since 1970, and the zero bits of the proof if one is needed from the start. */
type Issued = { text: string; at: number; bits?: number | undefined }
type Solver = typeof import('./proof.ts')

/** A file of its own, which only few visitors ever need. */
const loadSolver = (): Promise<Solver> => import(/* @vite-ignore */ import.meta.url.replace(/[^/]+$/, 'proof.js'))

export function createToken(
  server: EmbedServer,
  first: Issued,
  code: string | null,
  solver: () => Promise<Solver> = loadSolver,
): Token {
  let token = first
  /** Null where the page can't prove anything: blocked, without https, or the file doesn't load. */
  const prove = ({ text }: Issued, about: string | null | undefined, bits: number) =>
    solver()
      .then((part) => part.prove(`${about || ''}.${text}`, bits))
      .catch(() => null)
  let early: number | null = null
  let earlyBits = first.bits

  const submit = (referral: Referral, proof: number | null, leaving = false) =>
    server.submit({ ...referral, ...(proof !== null ? { proof } : leaving && { leaving }), formToken: token.text })
  const sendOnce = async (referral: Referral, leaving?: boolean) => {
    const left = token.at + youngest - Date.now()
    // Waits no longer than necessary: the page may be unloading.
    if (left > 0) await wait(left)
    const answer = await submit(referral, early, leaving)
    const bits = answer?.problem?.proof?.bits
    if (!bits) return answer
    const proof = await prove(token, referral.code, bits)
    if (proof === null) await wait(instead)
    return submit(referral, proof)
  }
  return {
    begin() {
      if (earlyBits && token === first)
        prove(first, code, earlyBits).then((proof) => {
          if (token === first) early = proof
        })
      earlyBits = 0
    },
    async send(referral, leaving) {
      const answer = await sendOnce(referral, leaving)
      if (!/^form_to/.test(answer?.problem?.code || '')) return answer
      const fresh = await server.form(code)
      if (!fresh?.value) return null
      token = { text: fresh.value.formToken, at: Date.now() }
      early = null
      return sendOnce(referral, leaving)
    },
  }
}
