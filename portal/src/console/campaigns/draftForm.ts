import { type CampaignForm, CampaignForm as FormSchema } from '@goodword/contracts'
import type { FieldErrors } from '../core/failure.ts'
import { issuesByField } from '../core/form.ts'

export type AskedField = 'email' | 'phone' | 'message'
export type FieldState = CampaignForm[AskedField]

/** The friend form, as it stands in the fields. What is switched off keeps its words. */
export type FormDraft = {
  email: FieldState
  phone: FieldState
  message: FieldState
  asksConsent: boolean
  consentText: string
  asksQuestion: boolean
  questionLabel: string
  questionRequired: boolean
  answer: 'own_words' | 'choices'
  /** One choice a line. */
  choices: string
}

export const formDraft = ({ email, phone, message, consent, question }: CampaignForm): FormDraft => ({
  email,
  phone,
  message,
  asksConsent: consent !== null,
  consentText: consent?.text ?? '',
  asksQuestion: question !== null,
  questionLabel: question?.label ?? '',
  questionRequired: question?.required ?? false,
  answer: question && question.choices.length > 0 ? 'choices' : 'own_words',
  choices: question?.choices.join('\n') ?? '',
})

export const choicesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** What the typed fields say, whether the API would take it or not: the preview follows every keystroke. */
export const typedForm = (draft: FormDraft): CampaignForm => ({
  email: draft.email,
  phone: draft.phone,
  message: draft.message,
  consent: draft.asksConsent ? { text: draft.consentText } : null,
  question: draft.asksQuestion
    ? {
        label: draft.questionLabel,
        required: draft.questionRequired,
        choices: draft.answer === 'choices' ? choicesOf(draft.choices) : [],
      }
    : null,
})

/** Only what is asked: words of a question that is switched off are no change. */
export function usedForm(draft: FormDraft): Partial<FormDraft> {
  const { email, phone, message, asksConsent, consentText, asksQuestion, ...question } = draft
  const { choices, ...asked } = question
  return {
    email,
    phone,
    message,
    asksConsent,
    asksQuestion,
    ...(asksConsent ? { consentText } : {}),
    ...(asksQuestion ? { ...asked, ...(asked.answer === 'choices' ? { choices } : {}) } : {}),
  }
}

const editorNames: Record<string, string> = {
  'form.consent.text': 'form.consentText',
  'form.question.label': 'form.questionLabel',
}

/** Messages about the form, under the names the editor knows its fields by. */
export const formErrorName = (path: string): string =>
  path.startsWith('form.question.choices') ? 'form.choices' : (editorNames[path] ?? path)

/** What is wrong with the form as it is typed, by field; empty when it can be published. */
export function formErrors(draft: FormDraft): FieldErrors {
  const parsed = FormSchema.safeParse(typedForm(draft))
  const wrong = parsed.success
    ? []
    : Object.entries(issuesByField(parsed.error.issues)).map(([path, message]) => [
        formErrorName(`form.${path}`),
        message,
      ])
  const lacksChoices = draft.asksQuestion && draft.answer === 'choices' && choicesOf(draft.choices).length < 2
  return {
    ...Object.fromEntries(wrong),
    ...(lacksChoices ? { 'form.choices': 'Write at least two choices, one a line.' } : {}),
  }
}
