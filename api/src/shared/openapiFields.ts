/**
 * What fields mean whose name doesn't say it, by the schema or the operation they belong to. They stand here and not with
 * their schemas, so that no page loads them.
 */
export const fieldMeanings: Record<string, Record<string, string>> = {
  'connections.create': {
    secret:
      'The secret that the other system made. Stripe and Shopify make their own, which can be set later; for others, one is made if it is left out.',
    mapping: 'How to read events that are not in our own shape. Needed by a token.',
  },
  'connections.replaceSecret': {
    secret: 'The new secret of Stripe or Shopify. For others, one is made if it is left out.',
  },
  'connections.preview': {
    topic: 'What a shop says in a header: orders/paid, order.updated.',
    sample: 'A body as the other system sends it.',
  },
  'connections.update': { isPaused: 'While paused, events are saved and not used.' },
  ConnectionMapping: {
    list: 'Where a list of events stands, if a body holds several.',
    type: 'The type of every event, or where it stands and what its values mean.',
    conditions: 'Events that do not meet all of these are ignored.',
    amountUnit: 'minor: 38500 is $385.00. major: "385.00".',
    currency: 'The currency of all amounts. Without it and without a field for it, the organization’s.',
    fields: 'Where each field stands, as a path: order.lines[0].name.',
  },
  Connection: {
    url: 'Where the system sends its events.',
    state: 'no_secret: every request is refused until a secret is set. paused: events are saved and not used.',
    previousSecretUntil: 'Until when the previous secret works, too.',
    lastSeenAt: 'When a request was last accepted.',
    lastFailure: 'The last request that was refused, even if others were accepted since.',
    historyJobs: 'Jobs that had finished before it was connected, or more than 7 days before they came.',
  },
  ConnectionActivity: {
    late: 'Came before the event they belong to, and were applied later.',
    rejected: 'Could not be used, or were refused.',
  },
  'jobEvents.list': {
    tab: 'What came of them. needs_you: somebody has to look at it. refused: they could not be read.',
    since: 'Received since then.',
    q: 'The customer’s name or address, or the title or a number of the job.',
  },
  JobEvent: {
    sentType: 'What the other system calls it.',
    occurredAt: 'When it happened, as the sender says.',
    reason: 'Why it ended like this.',
    facts: 'Ids, amounts and days that belong to the reason.',
    notes: 'What was understood otherwise than it was sent.',
    effects: 'What followed from it: asks, conversions, rewards.',
    needsPerson: 'Somebody has to look at it.',
    canRetry: 'Whether it can be read again.',
  },
  Job: {
    connection: 'The system that reported it; null if somebody entered it.',
    externalId: 'Its number in that system.',
    value: 'In the minor unit of `currency`.',
    isHistory: 'It had finished before the system was connected, or long before it came: nobody is asked about it.',
    dontAsk: 'Its customer is not asked because of it.',
  },
  FinishJob: {
    jobId: 'A job that is known: what you send is added to it. Send either this, `contactId` or `customer`.',
    contactId: 'The customer, if they are a contact.',
    customer:
      'The customer, found by email, else by phone, else added. Needs an email address or a phone number to be asked.',
    number: 'Your own number of the job.',
    value: 'In the minor unit of the organization’s currency.',
    score: 'How happy the customer is, from 1 to 5.',
  },
  'jobs.holdBack': { dontAsk: 'false lets them be asked after all.' },
  'jobTodos.convert': {
    referralId: 'One of the `choices`.',
    jobValue: 'In the minor unit of the campaign’s currency, if that is not the job’s own.',
    notify: 'Whether the advocate and the friend get their messages.',
  },
  'jobTodos.settle': {
    refunded: '`rewards.refunded` of the to-do as you saw it. If more was refunded since, nothing happens.',
    amounts: 'What each reward is worth afterward, in place of the proposal.',
    confirmOwed: 'Also takes back credit that was used, which they then owe. Members have to be admins for it.',
    notify: 'Whether the advocate and the friend get their messages.',
  },
  JobTodo: {
    kind: 'What is to be decided.',
    choices: 'The referrals that the job could convert.',
    rewards: 'What deciding would do now; null if there is nothing to take back or give back.',
  },
  JobRules: {
    ask: 'When customers are asked to refer after a job.',
    convertAt: 'The status of a friend’s job that converts the referral.',
    refunds:
      'propose: staff decide about the rewards of a refunded job. take_back: they are taken back at once, unless some of it was used.',
    repeat: 'What further jobs of a friend earn; nothing without it.',
  },
  AskRule: {
    trigger: 'The status of the job after which its customer is asked.',
    minScore: 'Whoever scored a job lower is never asked because of it.',
    delayMinutes: 'After the trigger or the score, whichever came last.',
    quietHours: 'No message goes out from this time until that, in the organization’s time zone.',
    channel: 'The first one that reaches the customer, or both.',
    followUpHours: 'When the one reminder goes out, unless the link was opened; null for none.',
    gapDays: 'Days until the same customer may be asked again, by any campaign.',
    withoutScore: 'What happens if no score came within `scoreWaitDays`.',
    tellMemberId: 'Who is told of a low score; null for everyone who works on referrals.',
  },
  RepeatRewards: { limit: 'How many further jobs earn, or for how many months after the conversion.' },
  'leaderboard.get': { on: 'A day in the period; today if it is left out.' },
  LeaderboardRow: {
    place: 'Equal counts share a place, and the next one skips: 1, 2, 2, 4.',
    closed: 'Their referrals that converted in the period.',
    sent: 'Their referrals that came in during the period.',
    earned: 'What those that converted in the period earned them, by currency.',
    inPublic: 'What the public page shows of them; null if they are not on it.',
  },
  LeaderboardSettings: {
    isPublic: 'Whether everyone can see it, with those who agreed to be shown.',
    shows: 'How many places everyone sees.',
    announcesWinner: 'Whether the advocates on it are emailed who was first in a month, once it has ended.',
  },
  RewardDelivery: {
    way: 'hand: by your team. link: we send the provider’s link. email: the provider emails it.',
    state: 'to_do waits for staff, ordering for our next attempt, waiting for the provider.',
    dueOn: 'The day until which staff want to deliver it.',
    sentence: 'Where a gift card is at the provider, and what to do.',
    email: 'Whom the provider was asked to send it to.',
    needsAddress: 'Asking again needs another email address.',
  },
  DeliverReward: { code: 'A gift card has a code, a link or both; a custom reward neither.' },
  RetryDelivery: { email: 'Replaces the address that the provider was asked to send the card to.' },
  OverrideReward: { confirmOwed: 'Needed to take back what was used: they owe it then.' },
  SetGiftCardAccount: {
    apiKey: 'Leave it out to keep the one that is saved.',
    fundingSourceId: 'What cards are paid from: balance, or the id of another source.',
    webhookKey: 'Checks the provider’s events. Without one, cards are looked at every hour.',
  },
}

type Described = { description?: string; $ref?: string }
type Fields = { properties?: Record<string, Described> }
type Operation = {
  operationId?: string
  parameters?: { name: string; description?: string }[]
  requestBody?: { content?: Record<string, { schema?: Fields }> }
}
type Document = {
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Fields> }
}

/** Adds what fields mean to the document. Throws for a field that there is no more. */
export function describeFields(document: object): void {
  const { paths = {}, components = {} } = document as Document
  const operations = Object.values(paths).flatMap((item) => Object.values(item))
  for (const [owner, meanings] of Object.entries(fieldMeanings)) {
    const operation = operations.find(({ operationId }) => operationId === owner)
    const body = operation?.requestBody?.content?.['application/json']?.schema
    const schemas = [components.schemas?.[owner], components.schemas?.[`${owner}Output`], body]
    for (const [name, meaning] of Object.entries(meanings)) {
      const parameter = operation?.parameters?.find((one) => one.name === name)
      const fields = [...schemas.map((schema) => schema?.properties?.[name]), parameter].filter(
        (one) => one !== undefined,
      )
      if (fields.length === 0) throw new Error(`The API has no field ${name} of ${owner}.`)
      for (const field of fields) field.description = meaning
    }
  }
}
