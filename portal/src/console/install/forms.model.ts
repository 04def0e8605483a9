import type { Client } from '@goodword/client'
import type { FormReport, Site, WebsiteForm } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createPagedList, pathWithQuery } from '../core/pagedList.ts'
import { createResource } from '../core/resource.ts'
import { pageParams } from '../core/turning.ts'

type Field = NonNullable<FormReport['fields'][number]['field']>

export const fieldLabels: Record<Field, string> = {
  name: 'Name',
  first: 'First name',
  last: 'Last name',
  last2: 'Second last name',
  email: 'Email',
  phone: 'Phone',
  area: 'Country or area code',
  message: 'Message',
  answer: 'Answer',
  consent: 'Consent',
  code: 'Referral code',
  advocate: 'Who referred them',
}

const otherLabels: Record<NonNullable<FormReport['other']>, string> = {
  payment: 'a payment form',
  login: 'a sign-in form',
  search: 'a search form',
  newsletter: 'a newsletter form',
  comment: 'a comment form',
}

const list = (words: string[]) => new Intl.ListFormat('en-US', { type: 'conjunction' }).format(words)

/** What is understood of a form in a sentence, and whether friends who use it arrive. */
export function verdictOf({ other, fields }: FormReport): { good: boolean; sentence: string } {
  if (other) return { good: false, sentence: `This looks like ${otherLabels[other]}, so nothing is read from it.` }
  const has = (...names: Field[]) => fields.some(({ field }) => field !== null && names.includes(field))
  const reach = [has('email') && 'email', has('phone') && 'phone'].filter((word) => word !== false)
  if (reach.length === 0)
    return {
      good: false,
      sentence: 'No email or phone field is understood, so nothing is sent. Name one with data-goodword-field.',
    }
  const named = has('name', 'first', 'last')
  const all = list([...(named ? ['name'] : []), ...reach, ...(has('message') ? ['message'] : [])])
  const sentence = `${all.charAt(0).toUpperCase()}${all.slice(1)} ${named || reach.length > 1 || has('message') ? 'are' : 'is'} understood.`
  return named
    ? { good: true, sentence }
    : { good: true, sentence: `${sentence} Without a name, friends arrive flagged for you to check.` }
}

/** Opens the page with a panel that shows what would be sent. */
export const tryAddress = (page: string): string => `${page.replace(/#.*$/, '')}#goodword-try`

/** The page of a form; null if its path isn't known in full. */
export const pageOfForm = ({ origin, page }: WebsiteForm): string | null =>
  origin === null || page.includes('…') ? null : origin + page

/** Why a page can't be tried; null if it can. */
export function tryProblem(typed: string, sites: Pick<Site, 'origin'>[]): string | null {
  if (!/^https?:\/\//.test(typed) || !URL.canParse(typed)) return 'Enter the address of the page, with https://'
  const { origin } = new URL(typed)
  return sites.some((site) => site.origin === origin) ? null : `Allow ${origin} first, under Allow your websites.`
}

/** The newest forms, and the page to try. */
export function createForms({ client, open }: { client: Client; open: (url: string) => void }) {
  const typed = signal('')
  const problem = signal<string | null>(null)
  return {
    newest: createResource((abort) => client.websiteForms.list({ query: { limit: 3 } }, { signal: abort })),
    typed,
    problem,
    tryPage(sites: Pick<Site, 'origin'>[]): void {
      problem.value = tryProblem(typed.value.trim(), sites)
      if (problem.value === null) open(tryAddress(typed.value.trim()))
    },
  }
}
export type FormsModel = ReturnType<typeof createForms>

/** All forms, a page at a time. */
export const createFormList = ({ client, navigate }: { client: Client; navigate: (url: string) => void }) =>
  createPagedList<{ cursor: string | null }, WebsiteForm>({
    initial: { cursor: null },
    write: ({ cursor }) => pathWithQuery('/console/install/forms', { cursor }),
    fetchPage: ({ cursor }, abort) =>
      client.websiteForms.list({ query: { limit: 20, ...pageParams(cursor) } }, { signal: abort }),
    navigate,
  })
