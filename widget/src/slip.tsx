import type { EmbedForm, SubmittedReferral } from '@goodword/contracts'
import type { ComponentChildren } from 'preact'

type Given = {
  offer: SubmittedReferral['offer']
  organization: string
  advocate: { firstName: string; initials: string } | null
  /** The one line beside the figure; a heading in the form, words of the offer in the thank-you. */
  children: ComponentChildren
}

/** The tear-off voucher: what is given above the tear, by whom or on what condition below it. */
export function Slip({ offer, organization, advocate, children }: Given) {
  const from = advocate ? `From ${advocate.firstName}, at ${organization}` : `At ${organization}`
  return (
    <div class="slip">
      <div class="offer">
        {offer.figure && <span class="figure">{offer.figure}</span>}
        {children}
      </div>
      <div class="said">
        {advocate && (
          <span class="avatar" aria-hidden="true">
            {advocate.initials}
          </span>
        )}
        <span>{offer.condition || from}</span>
      </div>
    </div>
  )
}

/** "Anna gave you $20 off your first visit", or what can be said without an offer or an advocate. */
export function invitation({ advocate, offer, organization }: EmbedForm): string {
  if (!advocate) return offer?.sentence || `Tell ${organization.name} what you need`
  return offer?.sentence
    ? `${advocate.firstName} gave you ${offer.sentence}`
    : `${advocate.firstName} sent you to ${organization.name}`
}
