import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { TextArea } from '../../shared/ui/field.tsx'
import { Section } from '../campaigns/parts.tsx'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { FormError } from '../core/formDialog.tsx'
import { shortDay } from '../core/relativeDates.ts'

/** What the owner stated about texts to customers whom the team enters. */
export function TextStatement() {
  const { client, me, session, toasts, now } = useConsole()
  const sending = useMemo(createSending, [])
  const wording = useSignal('')
  const { textStatement, timeZone } = me.organization
  const owner = me.actor.type === 'member' && me.actor.role === 'owner'
  const state = async (body: { textStatement: string | null }, said: string) => {
    if (!(await sending.send(() => client.organization.update({ body })))) return
    wording.value = ''
    await session.load()
    toasts.show({ text: said })
  }
  return (
    <Section
      title="Texts"
      lead="Texts go only to customers who agreed to them. Your job system or an import can say so for each; here the owner says it for everyone whom your team enters."
    >
      <FormError sending={sending} />
      {textStatement ? (
        <>
          <p class="wide">
            Stated on {shortDay(Date.parse(textStatement.at), now.value, timeZone)}: “{textStatement.wording}”
          </p>
          {owner && (
            <Button
              busy={sending.busy.value}
              onClick={() =>
                void state({ textStatement: null }, 'Withdrawn. Customers get emails unless they agreed themselves.')
              }
            >
              Withdraw
            </Button>
          )}
        </>
      ) : owner ? (
        <form
          class="statement"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void state({ textStatement: wording.value.trim() }, 'Stated. Texts may go to customers your team enters.')
          }}
        >
          <TextArea
            label="How your customers agree to texts"
            hint="For example: “Customers agree to texts about their job and our referral program when they book.”"
            error={sending.errors.value.textStatement}
            value={wording.value}
            onInput={(text) => {
              wording.value = text
            }}
          />
          <Button type="submit" busy={sending.busy.value} disabled={wording.value.trim() === ''}>
            I state this
          </Button>
        </form>
      ) : (
        <p>Nothing is stated. An owner can do it here.</p>
      )}
    </Section>
  )
}
