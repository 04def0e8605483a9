import type { EmbedForm } from '@goodword/contracts'
import type { FunctionComponent } from 'preact'
import type { Page } from '../page.ts'
import type { Shown } from '../ui/element.tsx'
import type { CardProps } from './card.tsx'
import type { FormState } from './state.ts'
import type { FieldName, Values } from './values.ts'

export type FormModel = {
  state(): FormState
  /** Sends once; ignores further calls meanwhile. Resolves when the state has the result. */
  submit(values: Values, honeypot: string): Promise<void>
  /** Removes a field's error as soon as its value is valid. */
  recheck(values: Values, field: FieldName): void
}

export type SendingGiven = {
  form: EmbedForm
  /** When the form was loaded, in milliseconds since 1970. */
  drawnAt: number
  code: string | null
  /** The campaign for a friend without a code, as set by the page. */
  campaign?: string | null
  emit: Page['emit']
  /** Called after every state change. */
  changed(state: FormState): void
}

/** The part that sends a form. */
export type Sending = {
  /** The form's logic, with its texts in the form's language. */
  startSending(shown: Pick<Shown, 'host' | 'page' | 'lang' | 'words'>, given: SendingGiven): FormModel
  /** What replaces the form once it was sent. */
  Thanks: FunctionComponent<CardProps & { done: NonNullable<FormState['done']> }>
}
