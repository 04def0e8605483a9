import type { SubmittedReferral } from '@goodword/contracts'
import { End, Title } from '../ui/card.tsx'
import { Icon } from '../ui/icons.tsx'
import { type CardProps, TestNote } from './card.tsx'
import { Voucher } from './voucher.tsx'

/** What replaces the form once it was sent. */
export function Thanks({ form, say, done }: CardProps & { done: SubmittedReferral }) {
  const { offer, advocateFirstName } = done
  return (
    <>
      <TestNote form={form} say={say} />
      <div className="done">
        <span className="tick">
          <Icon name="done" />
        </span>
        <div>
          <Title>{done.title}</Title>
          {advocateFirstName && <p>{say('noted', advocateFirstName)}</p>}
        </div>
      </div>
      {offer.sentence && (
        <Voucher {...form} offer={offer} say={say}>
          <p className="title reward">{offer.sentence.replace(offer.figure || '', '').trim()}</p>
        </Voucher>
      )}
      <ol className="steps">
        {done.steps.map((step) => (
          <li key={step}>
            <span>{step}</span>
          </li>
        ))}
      </ol>
      <End />
    </>
  )
}
