import { attribute, type Field, fieldsOf, isCut, isShown, matches, queryAll } from './attach.dom.ts'
import { type Mapping, type Role, roleOf } from './attach.mapping.ts'
import { type Texts, textsOf } from './attach.texts.ts'
import { again, company, fold, means, never, others, trap } from './attach.words.ts'

/**
 * A field with what it is for; null if it is none of the friend's details. Doubtful is what is read only because there
 * is nothing better, such as a guest's or a company's.
 */
export type Found = { field: Field; texts: Texts; role: Role | null; key: string; doubtful: boolean }

const byAutocomplete = new Map<string, Role>([
  ['name', 'name'],
  ['given-name', 'first'],
  ['family-name', 'last'],
  ['email', 'email'],
  ['tel', 'phone'],
  ['tel-national', 'phone'],
  ['tel-local', 'phone'],
  ['tel-area-code', 'area'],
  ['tel-country-code', 'area'],
])
const enough = 4
const textTypes = ['text', 'email', 'tel', 'number', 'textarea', 'select-one']
const guessed = ['first', 'last', 'last2', 'name', 'email', 'phone', 'message', 'area'] as const

/** The field's type; custom elements have none, and an unknown type is text. */
const typeOf = (field: Field) => (field instanceof HTMLElement && 'type' in field && field.type) || 'text'

const says = ({ own }: Texts, words: RegExp) => own.some(([text]) => words.test(text))

/** Whether a person can fill it in: neither hidden nor a trap for machines. */
function isUsable(field: Field, form: HTMLElement, texts: Texts): boolean {
  if (matches(field, ':disabled') || !isShown(field) || isCut(field, form)) return false
  if (
    matches(field, '[tabindex="-1"][autocomplete]:not([autocomplete*=name],[autocomplete*=email],[autocomplete*=tel])')
  )
    return false
  const hidden = field.closest('[aria-hidden=true]')
  if (hidden && hidden !== form && Node.prototype.contains.call(form, hidden)) return false
  return !says(texts, trap) && !trap.test(fold(texts.label))
}

/** How surely a field is for a role; 0 or less if it isn't. `lenient` allows a company's, `theirs` a guest's. */
function score(
  role: (typeof guessed)[number],
  { field, texts }: Pick<Found, 'field' | 'texts'>,
  lenient: boolean,
  theirs = false,
) {
  const type = typeOf(field)
  const [token = ''] = texts.autocomplete.split(/\s+/).slice(-1)
  const selects = type === 'select-one'
  if (role === 'area') return !/textarea|email/.test(type) && says(texts, means.area) ? 9 : 0
  if (selects || says(texts, never) || (!lenient && says(texts, company))) return 0
  if (type === 'textarea' ? role !== 'message' : role === 'message' && type !== 'text') return 0
  if (type === 'email' ? role !== 'email' : type === 'tel' || type === 'number' ? role !== 'phone' : false) return 0
  let points = byAutocomplete.get(token) === role ? 12 : 0
  if (role === 'email' || role === 'phone') {
    if (type === 'email' || type === 'tel') points += 8
    if (attribute(field, 'inputmode') === (role === 'email' ? 'email' : 'tel')) points += 3
    if (role === 'email' && /\S@\S/.test(attribute(field, 'placeholder'))) points += 5
  }
  if (role === 'message' && type === 'textarea') points += 4
  for (const [told, weight] of texts.own) {
    const text = theirs ? told.replace(others, 'your') : told
    const fits = means[role].test(text)
    if (fits) points += weight
    // "Pet name" is a name, but not the friend's.
    else if (role === 'name' && / ?name|\bnom\b|\bnombre|\bnome\b/.test(text) && weight > 5) points -= weight
  }
  return says(texts, again) ? points - 3 : points
}

/** What the page says about its fields: by attributes on them, on the form or on the tag, or as an argument. */
function mapped(form: HTMLElement, fields: Field[], mapping: Mapping): Map<Field, Role | null> {
  const known = new Map<Field, Role | null>()
  for (const host of queryAll(form, '[data-goodword-field]'))
    for (const field of fields)
      if (host === field || Node.prototype.contains.call(host, field)) {
        known.set(field, roleOf(attribute(host, 'data-goodword-field')))
        break
      }
  for (const field of fields) {
    const role = attribute(field, 'data-goodword-field')
    if (role) known.set(field, roleOf(role))
  }
  for (const [role, target] of Object.entries(mapping)) {
    const field = fields.find((one) => (typeof target === 'string' ? matches(one, target) : one === target))
    if (field) known.set(field, roleOf(role))
  }
  return known
}

/** The fields a person sees in a form, each with what it is for: the best field for each role, wherever it stands. */
export function recognize(form: HTMLElement, mapping: Mapping): Found[] {
  const all = fieldsOf(form)
  const known = mapped(form, all, mapping)
  const found: Found[] = []
  for (const field of all) {
    const type = typeOf(field)
    if (!known.has(field) && !textTypes.includes(type)) continue
    const texts = textsOf(field, form)
    if (known.has(field) || isUsable(field, form, texts)) {
      found.push({ field, texts, role: known.get(field) ?? null, key: `${type}|${texts.key}`, doubtful: false })
    }
  }
  const open = found.filter(({ field }) => !known.has(field))
  const about = (text: string) => others.test(text) || never.test(text)
  const isOthers = ({ texts }: Found) => says(texts, others)
  const grouped = open.filter(({ texts }) => about(texts.groups))
  const shared = grouped.length === open.length
  for (const lenient of [false, true]) {
    if (found.some(({ role }) => role === 'email' || role === 'phone')) break
    const own = open.filter((one) => shared || !grouped.includes(one))
    const typed = own.filter((one) => guessed.some((role) => score(role, one, true) >= enough))
    const theirs = typed.every((one) => isOthers(one) || typeOf(one.field) === 'textarea')
    const fits = own
      .filter((one) => theirs || !isOthers(one))
      .flatMap((one) => guessed.map((role) => ({ one, role, points: score(role, one, lenient, theirs) })))
      .filter(({ points }) => points >= enough)
      .sort((a, b) => b.points - a.points)
    for (const one of open) one.role = null
    const taken = new Set(found.map(({ role }) => role))
    for (const { one, role } of fits)
      if (!one.role && (role === 'area' || !taken.has(role))) {
        one.role = role
        one.doubtful = lenient || isOthers(one)
        taken.add(role)
      }
  }
  return found
}
