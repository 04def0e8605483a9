import type { EmbedForm, FormReport, SubmitReferral, SubmittedReferral } from '@goodword/contracts'
import type { Page } from './page.ts'
import { type Answer, type Asking, addressOf, type Query, request } from './request.ts'

export type EmbedServer = {
  /** Loads the form for a code; null loads it for a visitor without a link. */
  form(code: string | null): Promise<Answer<EmbedForm>>
  /** Survives the page's unload, so that a form that navigates away still gets sent. */
  submit(referral: SubmitReferral): Promise<Answer<SubmittedReferral>>
}

const post = (body: object): RequestInit => ({
  method: 'POST',
  keepalive: true,
  headers: [['Content-Type', 'application/json']],
  body: JSON.stringify(body),
})

/** What a form is sent with. Never rejects. `lang` and `campaign` belong to the form. */
export function embedServer(page: Asking, about: { lang?: string; campaign?: string | null } = {}): EmbedServer {
  const lang: Query[number] = ['lang', about.lang]
  const query: Query = [lang, ['campaign', about.campaign || null]]
  return {
    form: (code) => request(addressOf(page, 'form', [['code', code || null], ...query])),
    submit: (referral) => request(addressOf(page, 'referrals', [lang]), post(referral)),
  }
}

/** Tells the console which fields of the page's own form were understood. */
export const report = (page: Page, form: FormReport): void => void request(addressOf(page, 'fields', []), post(form))
