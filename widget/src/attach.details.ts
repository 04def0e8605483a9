import type { SubmitReferral } from '@goodword/contracts'
import { matches } from './attach.dom.ts'
import type { Found } from './attach.fields.ts'
import type { Role } from './attach.mapping.ts'

export type Given = Omit<SubmitReferral, 'formToken'>

/** What was typed so far, by field: what earlier steps of a form held stays when their fields are gone. */
export type Memory = Map<string, { role: Role; value: string }>

/** The country code that a select shows, such as "+44" of "United Kingdom (+44)". */
const dialed = (text: string) => /\+\s?(\d{1,4})/.exec(text)?.[1] ?? /^\s*(\d{1,4})\s*$/.exec(text)?.[1]

function typedIn({ field, role }: Found): string {
  if (matches(field, 'input[type=checkbox],input[type=radio]')) return field.checked ? field.value || 'on' : ''
  if (!(field instanceof HTMLSelectElement)) return String(field.value ?? '').trim()
  const select = field as HTMLSelectElement
  if (role !== 'area') return select.value.trim()
  // A country that the friend didn't choose says nothing about their number.
  const options = [...select.options]
  const preset = options.findIndex((option) => option.defaultSelected)
  if (select.selectedIndex === Math.max(preset, 0)) return ''
  const code = dialed(select.value) ?? dialed(select.selectedOptions[0]?.text ?? '')
  return code ? `+${code}` : ''
}

/** Adds what the fields hold now. A doubtful field doesn't replace what an earlier step held. */
export function remember(memory: Memory, found: Found[]): void {
  for (const one of found) {
    const { role, key, doubtful } = one
    const value = role ? typedIn(one) : ''
    memory.delete(key)
    if (!role || !value) continue
    const held = role === 'area' ? [] : [...memory.keys()].filter((other) => memory.get(other)?.role === role)
    if (doubtful && held.length > 0) continue
    for (const other of held) memory.delete(other)
    memory.set(key, { role, value })
  }
}

const phoneLike = /^[+(]?[\d\s().\-/+]{5,}/

/** First and last name as one; a middle name or a title is left out. */
function fullName(of: (role: Role) => string | undefined): string {
  const [name = '', first = '', last = ''] = [of('name'), of('first'), of('last')]
  const family = [last, of('last2')].filter(Boolean).join(' ')
  if (first && family) return `${first} ${family}`
  // Beside a first name, "Name" is the last one, and beside a last name the first one.
  if (first && name && !name.includes(first)) return `${first} ${name}`
  if (name && family && !name.includes(family)) return `${name} ${family}`
  return name || first || family
}

/** The friend's details. null without a code or an advocate's name, or without a way to reach the friend. */
export function details(memory: Memory, kept: string | null): Given | null {
  const of = (role: Role) => [...memory.values()].find((one) => one.role === role)?.value
  const code = of('code') ?? kept
  const advocateName = of('advocate')
  let [email, phone] = [of('email'), of('phone')]
  // One field for either.
  if (email && !email.includes('@') && phoneLike.test(email)) [email, phone] = [undefined, phone ?? email]
  else if (phone?.includes('@')) [email, phone] = [email ?? phone, undefined]
  if ((!code && !advocateName) || (!email && !phone)) return null
  const areas = [...memory.values()].flatMap(({ role, value }) => (role === 'area' ? [value] : []))
  if (phone && !/^(?:\+|00)/.test(phone)) phone = [...new Set(areas), phone].join(' ')
  const given: Given = {}
  const name = fullName(of).slice(0, 100)
  if (name) given.name = name
  if (code) given.code = code
  else if (advocateName) given.advocateName = advocateName.slice(0, 100)
  if (email) given.email = email
  if (phone) given.phone = phone
  for (const role of ['message', 'answer'] as const) {
    const value = of(role)
    if (value) given[role] = value.slice(0, 2_000)
  }
  if (of('consent')) given.consent = true
  return given
}
