import { nameInMessage } from './messages.words.ts'

/** What messages about codes that ran out and the use of credit are told. Amounts are formatted already. */
export type RewardValues = {
  codes_needed_staff: { organizationName: string; campaignName: string; rewardsUrl: string }
  /** `use` completes "to be used": "for the next invoice". */
  credit_requested_staff: {
    organizationName: string
    firstName: string
    amount: string
    use: string
    requestsUrl: string
  }
  credit_request_done: {
    organizationName: string
    firstName: string
    amount: string
    use: string
    answer: string | null
  }
  credit_request_refused: { organizationName: string; firstName: string; amount: string; answer: string }
}

type Wording = { subject: string; paragraphs: (string | null)[]; text: string }

const hello = (name: string) => `Hi ${nameInMessage(name, 'there')},`
const seeCredit = 'See your credit:\n{{link}}'

export const rewardWordings: { [T in keyof RewardValues]: (values: RewardValues[T]) => Wording } = {
  codes_needed_staff: (values) => ({
    subject: `No discount codes left in ${values.campaignName}`,
    paragraphs: [
      `Somebody earned a discount code in ${values.campaignName}, and there is none left. They get theirs as soon as you add some.`,
      `Add codes:\n${values.rewardsUrl}`,
      values.organizationName,
    ],
    text: `No discount codes left in ${values.campaignName}: ${values.rewardsUrl}`,
  }),
  credit_requested_staff: (values) => ({
    subject: `A request to use ${values.amount} of credit`,
    paragraphs: [
      `${nameInMessage(values.firstName, 'An advocate')} asks to use ${values.amount} of credit, ${values.use}.`,
      `Open the requests:\n${values.requestsUrl}`,
      values.organizationName,
    ],
    text: `A request to use ${values.amount} of credit, ${values.use}: ${values.requestsUrl}`,
  }),
  credit_request_done: (values) => ({
    subject: `${values.amount} of your credit at ${values.organizationName} was used`,
    paragraphs: [
      hello(values.firstName),
      `You asked to use ${values.amount} of your credit, ${values.use}. It is done.`,
      values.answer,
      seeCredit,
      values.organizationName,
    ],
    text: `${values.organizationName}: ${values.amount} of your credit was used, ${values.use}.${values.answer === null ? '' : ` ${values.answer}`}`,
  }),
  credit_request_refused: (values) => ({
    subject: `About your request at ${values.organizationName}`,
    paragraphs: [
      hello(values.firstName),
      `You asked to use ${values.amount} of your credit. That was not possible, and all of it is still yours.`,
      `The answer: ${values.answer}`,
      seeCredit,
      values.organizationName,
    ],
    text: `${values.organizationName}: your request to use ${values.amount} was not possible. ${values.answer}`,
  }),
}
