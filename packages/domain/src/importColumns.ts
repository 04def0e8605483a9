import { fieldsOfImport, type ImportField, type ImportKind } from '@goodword/contracts'

const heads: [ImportField, RegExp][] = [
  ['job_number', /^(job|work order|order|ticket|visit).*(#|no|num|number|id)\b|^job$/],
  ['finished_on', /finish|complet|done|closed|^date$|service date|job date/],
  ['invoiced', /invoiced|^paid|billed/],
  ['score', /score|rating|stars|satisf|review/],
  ['title', /title|work|service|job (type|name|description)|what was done/],
  ['advocate_email', /^(advocate|referrer|referred.?by|sender|ambassador).*e-?mail/],
  ['advocate_code', /^(advocate|referrer|referral|ref|referred.?by|coupon).*(code|link)$|^code of/],
  ['advocate', /^(advocate|referrer|referred.?by|ambassador|sender)/],
  ['code', /^(code|referral code|ref code|coupon|slug|share code)$/],
  ['external_id', /(external|deal|lead|opportunity|record).*id$|^id$/],
  ['first_name', /(first|given|fore)[\s_-]*name/],
  ['last_name', /(last|family|sur)[\s_-]*name/],
  ['texts', /(agree|consent|opt.?in|allow).*(text|sms)|(text|sms).*(agree|consent|opt.?in|allow|ok)|^(texts|sms)$/],
  ['email', /e-?mail/],
  ['phone', /phone|mobile|cell|^tel/],
  ['amount', /balance|amount|credit|points|reward|owed|value|total|price/],
  ['status', /status|state|stage/],
  ['message', /message|comment/],
  ['note', /note|reason|description/],
  ['name', /name|friend|lead|contact|customer|person/],
]

/** The most likely field of each column, by its heading; each field is used once. */
export function guessColumns(kind: ImportKind, names: string[]): ImportField[] {
  const possible = new Set(fieldsOfImport[kind])
  const given = new Set<ImportField>()
  return names.map((name) => {
    const head = name.toLowerCase().trim()
    const field = heads.find(([one, pattern]) => possible.has(one) && !given.has(one) && pattern.test(head))?.[0]
    if (field === undefined) return 'ignored'
    given.add(field)
    return field
  })
}
