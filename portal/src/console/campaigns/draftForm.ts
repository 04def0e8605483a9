import { type CampaignForm, CampaignForm as FormSchema } from '@goodword/contracts'
import type { FieldErrors } from '../core/failure.ts'
import { issuesByField } from '../core/form.ts'

export type FormField = 'email' | 'phone' | 'message'
export type FieldState = CampaignForm[FormField]

/** The fields that configure the friend form. A question that is turned off keeps its text. */
export type FormDraft = {
  email: FieldState
  phone: FieldState
  message: FieldState
  asksConsent: boolean
  consentText: string
  consentTexts: boolean
  asksQuestion: boolean
  questionLabel: string
  questionRequired: boolean
  answer: 'own_words' | 'choices'
  /** One choice per line. */
  choices: string
}

export const toFormDraft = ({ email, phone, message, consent, question }: CampaignForm): FormDraft => ({
  email,
  phone,
  message,
  asksConsent: consent !== null,
  consentText: consent?.text ?? '',
  consentTexts: consent?.texts ?? false,
  asksQuestion: question !== null,
  questionLabel: question?.label ?? '',
  questionRequired: question?.required ?? false,
  answer: question && question.choices.length > 0 ? 'choices' : 'own_words',
  choices: question?.choices.join('\n') ?? '',
})

export const parseChoices = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** The form the fields describe, valid or not, for the live preview. */
export const fromFormDraft = (draft: FormDraft): CampaignForm => ({
  email: draft.email,
  phone: draft.phone,
  message: draft.message,
  consent: draft.asksConsent ? { text: draft.consentText, ...(draft.consentTexts ? { texts: true } : {}) } : null,
  question: draft.asksQuestion
    ? {
        label: draft.questionLabel,
        required: draft.questionRequired,
        choices: draft.answer === 'choices' ? parseChoices(draft.choices) : [],
      }
    : null,
})

/** Only the fields in use: the text of a question that is turned off doesn't count as a change. */
export function usedFormFields(draft: FormDraft): Partial<FormDraft> {
  const { email, phone, message, asksConsent, consentText, consentTexts, asksQuestion, ...question } = draft
  const { choices, ...asked } = question
  return {
    email,
    phone,
    message,
    asksConsent,
    asksQuestion,
    ...(asksConsent ? { consentText, consentTexts } : {}),
    ...(asksQuestion ? { ...asked, ...(asked.answer === 'choices' ? { choices } : {}) } : {}),
  }
}

const editorFieldNames: Record<string, string> = {
  'form.consent.text': 'form.consentText',
  'form.question.label': 'form.questionLabel',
}

/** The editor's field name for an error path of the form. */
export const editorFieldName = (path: string): string =>
  path.startsWith('form.question.choices') ? 'form.choices' : (editorFieldNames[path] ?? path)

/** The form's errors by field; empty when it can be published. */
export function formErrors(draft: FormDraft): FieldErrors {
  const parsed = FormSchema.safeParse(fromFormDraft(draft))
  const wrong = parsed.success
    ? []
    : Object.entries(issuesByField(parsed.error.issues)).map(([path, message]) => [
        editorFieldName(`form.${path}`),
        message,
      ])
  const lacksChoices = draft.asksQuestion && draft.answer === 'choices' && parseChoices(draft.choices).length < 2
  return {
    ...Object.fromEntries(wrong),
    ...(lacksChoices ? { 'form.choices': 'Add at least two choices, one per line.' } : {}),
  }
}
