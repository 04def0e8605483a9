import formWords from 'virtual:words/text/en/form'
import type { EmbedForm } from '@goodword/contracts'
import { useRef, useState } from 'preact/hooks'
import { serverOf } from '../page.ts'
import { forget } from '../ui/answers.ts'
import { attributeOf } from '../ui/attributes.ts'
import { Card, End } from '../ui/card.tsx'
import { element, type Shown } from '../ui/element.tsx'
import { partOf } from '../ui/partOf.ts'
import { Closed, Top } from './card.tsx'
import css from './form.css?inline'
import { FriendForm } from './friendForm.tsx'
import type { FormModel, Sending } from './sending.ts'
import { firstState } from './state.ts'

/** The friend's form, the thank-you that replaces it, or why there is none. */
function FormElement(shown: Shown & { form: EmbedForm }) {
  const { host, page, say, at, code, campaign, form } = shown
  const [state, become] = useState(() => firstState(form))
  const sending = useRef<(Pick<Sending, 'Thanks'> & { model: FormModel }) | null>(null)
  const load = async () => {
    const { startSending, Thanks } = await partOf<Sending>(page, 'send')
    sending.current ??= {
      Thanks,
      model: startSending(shown, {
        form,
        drawnAt: at,
        code: form.advocate ? code : null,
        campaign,
        emit: page.emit,
        changed(state) {
          if (state.done) forget()
          become(state)
        },
      }),
    }
    return sending.current.model
  }
  const { step, done } = state
  const { Thanks } = sending.current ?? {}
  if (done && Thanks)
    return (
      <Card>
        <Thanks form={form} say={say} done={done} />
      </Card>
    )
  if (step === 'closed')
    return (
      <Card>
        <Closed form={form} say={say} />
      </Card>
    )
  return (
    <Card>
      <Top form={form} say={say} server={attributeOf(host, 'logo') === null ? null : serverOf(page)} />
      <FriendForm {...shown} state={state} become={become} load={load} />
      <End>
        <p className="fine">{form.privacyNote}</p>
      </End>
    </Card>
  )
}

export const form = element(
  { english: formWords, css },
  FormElement,
  ({ form }) => form && { form, brandColor: form.organization.brandColor },
)
