import type { SubmitReferral } from '@goodword/contracts'

type Given = Omit<SubmitReferral, 'formToken'>
type Role = 'name' | 'first' | 'last' | 'email' | 'phone' | 'message' | 'answer' | 'consent' | 'code' | 'advocate'
type Described = { role: string | null; autocomplete: string; type: string; named: string }

const roles: readonly Role[] = [
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
const byAutocomplete: Record<string, Role> = {
  name: 'name',
  'given-name': 'first',
  'family-name': 'last',
  email: 'email',
  tel: 'phone',
}
const byType: Record<string, Role> = { email: 'email', tel: 'phone' }
const byName: [RegExp, Role][] = [
  [/^(first|given|fore)[\s_-]*name$|^fname$/i, 'first'],
  [/^(last|family|sur)[\s_-]*name$|^lname$/i, 'last'],
  [/^((your|full|contact|customer)[\s_-]*)?name$/i, 'name'],
  [/e-?mail/i, 'email'],
  [/phone|mobile|^tel$|^cell$/i, 'phone'],
  [/message|comment|details|notes?$|description/i, 'message'],
]

/**
 * Which of our fields a field in the page's own form is for, based on `data-goodword-field`, or on its
 * autocomplete, type or name. undefined for unrelated fields.
 */
function roleOf({ role, autocomplete, type, named }: Described): Role | undefined {
  if (role) return roles.find((one) => one === role)
  const [token] = autocomplete.trim().split(/\s+/).slice(-1)
  return (
    (token && Object.hasOwn(byAutocomplete, token) ? byAutocomplete[token] : undefined) ??
    (Object.hasOwn(byType, type) ? byType[type] : undefined) ??
    byName.find(([pattern]) => pattern.test(named))?.[1]
  )
}

/** The friend's details in the form. null without a code or an advocate's name. */
export function details(form: HTMLFormElement, kept: string | null): Given | null {
  const found = new Map<Role, string>()
  for (const field of form.elements) {
    const one = field as HTMLInputElement
    if (!one.name && !one.id && !one.hasAttribute('data-goodword-field')) continue
    if (['password', 'hidden', 'file', 'submit', 'button'].includes(one.type) || one.disabled) continue
    const role = roleOf({
      role: one.getAttribute('data-goodword-field'),
      autocomplete: one.getAttribute('autocomplete') ?? '',
      type: one.type,
      named: one.name || one.id,
    })
    const ticked = !['checkbox', 'radio'].includes(one.type) || one.checked
    const value = ticked ? one.value.trim() : ''
    if (role && value && !found.has(role)) found.set(role, value)
  }
  const name = found.get('name') ?? [found.get('first'), found.get('last')].filter(Boolean).join(' ')
  const code = found.get('code') ?? kept
  const advocateName = found.get('advocate')
  if (!code && !advocateName) return null
  const given: Given = { name }
  if (code) given.code = code
  else if (advocateName) given.advocateName = advocateName
  for (const role of ['email', 'phone', 'message', 'answer'] as const) {
    const value = found.get(role)
    if (value) given[role] = value
  }
  if (found.has('consent')) given.consent = true
  return given
}
