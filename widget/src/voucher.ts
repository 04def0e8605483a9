import type { EmbedForm, SubmittedReferral } from '@goodword/contracts'
import { h } from './dom.ts'
import type { Say } from './language.ts'

type Given = Pick<EmbedForm, 'organization' | 'advocate'> & { offer: SubmittedReferral['offer'] }

/**
 * The voucher: the reward above the tear line, the advocate or the condition below. `line` is next to the amount: a
 * heading in the form, the offer in the thank-you.
 */
export function voucher({ offer, organization, advocate }: Given, say: Say, line: HTMLElement): HTMLElement {
  const from = advocate ? say('from', advocate.firstName, organization.name) : say('at', organization.name)
  return h(
    'div',
    { class: 'slip', part: 'slip' },
    h('div', { class: 'offer' }, offer.figure && h('span', { class: 'figure', part: 'figure' }, offer.figure), line),
    h(
      'div',
      { class: 'from' },
      advocate && h('span', { class: 'avatar', 'aria-hidden': 'true' }, advocate.initials),
      h('span', {}, offer.condition || from),
    ),
  )
}

/** "Anna gave you $20 off your first visit", or a generic sentence without an offer or advocate. */
export function invitation({ advocate, offer, organization }: EmbedForm, say: Say): string {
  if (!advocate) return offer?.sentence || say('tell', organization.name)
  return offer?.sentence
    ? say('gave', advocate.firstName, offer.sentence)
    : say('sentYou', advocate.firstName, organization.name)
}
