import type { EmbedForm } from '@goodword/contracts'
import { End, Title } from '../ui/card.tsx'
import type { Say } from '../ui/language.ts'
import { invitation, Voucher } from './voucher.tsx'

export type CardProps = { form: EmbedForm; say: Say }

export const TestNote = ({ form, say }: CardProps) =>
  form.test ? (
    <p className="test" part="test">
      {say('test')}
    </p>
  ) : null

/** What the friend gets, above the fields. `server` is the origin of the logo; null shows none. */
export function Top({ form, say, server }: CardProps & { server: string | null }) {
  const { logo, name } = form.organization
  const title = <Title>{invitation(form, say)}</Title>
  return (
    <>
      <TestNote form={form} say={say} />
      {logo && server !== null && <img className="logo" part="logo" src={server + logo} alt={name} height={40} />}
      {form.offer ? (
        <Voucher {...form} offer={form.offer} say={say}>
          {title}
        </Voucher>
      ) : (
        title
      )}
    </>
  )
}

export function Closed({ form, say }: CardProps) {
  const { phone } = form.organization
  return (
    <>
      <Title>{form.closed?.sentence || ''}</Title>
      {phone && (
        <a className="button" part="button" href={`tel:${phone.replace(/[^+\d]/g, '')}`} dir="auto">
          {say('call', phone)}
        </a>
      )}
      <End />
    </>
  )
}
