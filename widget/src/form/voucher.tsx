import type { EmbedForm, SubmittedReferral } from '@goodword/contracts'
import type { ComponentChildren } from 'preact'
import type { Say } from '../ui/language.ts'

type VoucherProps = Pick<EmbedForm, 'organization' | 'advocate'> & {
  offer: SubmittedReferral['offer']
  say: Say
  /** Next to the amount: a heading in the form, the offer in the thank-you. */
  children: ComponentChildren
}

/** The reward above the tear line, the advocate or the condition below. */
export const Voucher = ({ offer, organization, advocate, say, children }: VoucherProps) => (
  <div className="slip" part="slip">
    <div className="offer">
      {offer.figure && (
        <span className="figure" part="figure">
          {offer.figure}
        </span>
      )}
      {children}
    </div>
    <div className="from">
      {advocate && (
        <span className="avatar" aria-hidden="true">
          {advocate.initials}
        </span>
      )}
      <span>
        {offer.condition ||
          (advocate ? say('from', advocate.firstName, organization.name) : say('at', organization.name))}
      </span>
    </div>
  </div>
)

/** "Anna gave you $20 off your first visit", or a generic sentence without an offer or advocate. */
export function invitation({ advocate, offer, organization }: EmbedForm, say: Say): string {
  if (!advocate) return offer?.sentence || say('tell', organization.name)
  return offer?.sentence
    ? say('gave', advocate.firstName, offer.sentence)
    : say('sentYou', advocate.firstName, organization.name)
}
