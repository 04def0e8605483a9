import type { FormReport } from '@goodword/contracts'

/** What the page says itself: our name of a field and its selector or element. */
export type Mapping = { [role: string]: string | Element }

/** The fields of ours that a page can name. */
export const ours: readonly Role[] = [
  'name',
  'first',
  'last',
  'email',
  'phone',
  'message',
  'answer',
  'consent',
  'code',
  'advocate',
]
/** Our field of this name. null for any other name, which keeps a field from being read. */
export const roleOf = (name: string): Role | null => ours.find((one) => one === name) ?? null
/** `area` is the country or area code before a phone number, `last2` a second family name. */
export type Role = NonNullable<FormReport['fields'][number]['field']>

/** `email: #mail; name: [name=nm]`. */
export const readMapping = (text: string): Mapping =>
  Object.fromEntries(
    text
      .split(';')
      .map((pair) => /^\s*(\w+)\s*:\s*(.+?)\s*$/.exec(pair))
      .flatMap((pair) => (pair?.[1] && pair[2] && roleOf(pair[1]) ? [[pair[1], pair[2]]] : [])),
  )
