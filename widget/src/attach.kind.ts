import type { FormReport } from '@goodword/contracts'
import { attribute, matches, queryAll, textOf } from './attach.dom.ts'
import type { Found } from './attach.fields.ts'
import type { Role } from './attach.mapping.ts'
import { fold, forms } from './attach.words.ts'

const payment = '[autocomplete*="cc-"],[name*=card_number],[name*=cardnumber],[name*=cvc],[name*=cvv],[name*=iban]'

/**
 * Why a form isn't a request by a friend, whatever its fields are called: it signs in, searches, pays or subscribes.
 * null for every other form.
 */
export function kindOf(form: HTMLElement, found: Found[]): FormReport['other'] {
  const has = (...roles: Role[]) => found.some(({ role }) => role && roles.includes(role))
  const identity = fold(
    ['id', 'name', 'class', 'action', 'role', 'aria-label'].map((name) => attribute(form, name)).join(' '),
  )
  const buttons = queryAll(form, 'button,[type=submit],[type=button],[type=image]').map(
    (button) => `${textOf(button.firstChild)} ${button.textContent} ${attribute(button, 'value')}`,
  )
  const headings = queryAll(form, 'legend,h1,h2,h3,h4,h5,h6').map(textOf)
  const shown = fold([...buttons, ...headings].join(' . '))
  if (queryAll(form, payment).length > 0 || forms.payment.test(identity)) return 'payment'
  if (matches(form, '[role=search]') || forms.search.test(identity) || queryAll(form, '[type=search]').length > 0)
    if (!has('phone', 'message')) return 'search'
  if (forms.comment.test(identity)) return 'comment'
  const named = has('name', 'first', 'last')
  if (queryAll(form, '[type=password]').length > 0 && !named) return 'login'
  if (has('phone', 'message')) return null
  if (!named && forms.login.test(`${identity} . ${shown}`)) return 'login'
  return forms.newsletter.test(`${identity} . ${shown}`) ? 'newsletter' : null
}
