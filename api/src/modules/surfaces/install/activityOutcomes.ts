import type { EmbedOutcome } from '@goodword/contracts'

type Words = { title: string; cure: string | null }

type OutcomeText = {
  kind: 'form' | 'visit' | 'submit'
  mode: 'live' | 'test'
  outcome: EmbedOutcome
  fields: string[] | null
}

/** Why a request wasn't attributed, for staff, and what to do about it. */
const refusals: Record<Exclude<EmbedOutcome, 'attributed' | 'attributed_by_hand'>, Words> = {
  no_code: {
    title: 'No code in the address',
    cure: 'Open the page through a link of an advocate, with ?ref=CODE. Without one the form asks for a code.',
  },
  code_unknown: {
    title: 'Nobody has this code',
    cure: 'Compare it with the codes under Advocates. Codes of another organization do not work here.',
  },
  code_retired: {
    title: 'The link of an advocate who was erased',
    cure: 'Nothing: an erased advocate’s links no longer work, and the code is not kept.',
  },
  origin_not_allowed: {
    title: 'The website is not on the list',
    cure: 'Add it under Allow your websites, exactly as it stands here.',
  },
  campaign_not_active: { title: 'The campaign is not active', cure: 'Publish or resume the campaign.' },
  campaign_not_started: { title: 'The campaign has not started', cure: 'Move its first day, or wait for it.' },
  campaign_ended: {
    title: 'The campaign has ended',
    cure: 'Move its last day, or give the advocate a code in another.',
  },
  self_referral: {
    title: 'The friend is the advocate',
    cure: 'Test with a name, email and phone that are not the advocate’s.',
  },
  referral_loop: { title: 'The friend referred this advocate', cure: 'Nothing: two people cannot refer each other.' },
  friend_is_advocate: {
    title: 'The friend already is an advocate of this campaign',
    cure: 'Nothing: they have a link of their own.',
  },
  already_referred: {
    title: 'This advocate has already referred the friend',
    cure: 'Open the earlier referral under Referrals.',
  },
  advocate_limit_reached: {
    title: 'The advocate has as many open referrals as the campaign allows',
    cure: 'Close some of them, or raise the limit in the campaign’s rules.',
  },
  existing_customer: {
    title: 'The friend is already a customer',
    cure: 'The campaign is for first-time customers; its rules can accept others.',
  },
  submission_rejected: {
    title: 'It looked like a machine',
    cure: 'Compare what your page sends with the reference under /docs.',
  },
  hidden_field_filled: {
    title: 'The hidden field was filled in',
    cure: 'A program or a password manager did that. The friend is asked to send it again; then it is saved, with a flag if the field is still filled.',
  },
  proof_needed: {
    title: 'More friends than usual, so the page has to show some work',
    cure: 'Nothing: the form does it by itself. A page without scripts sends again after a few seconds, and is flagged.',
  },
  form_token_invalid: {
    title: 'The form was open for more than a day, or was sent twice',
    cure: 'The friend is asked to send it again; it works the second time.',
  },
  form_too_fast: {
    title: 'Sent within two seconds',
    cure: 'The friend is asked to send it again. A test that types by itself must wait two seconds.',
  },
  details_missing: {
    title: 'A field the campaign asks for was missing',
    cure: 'The friend is asked for it. A form of your own must send every field the campaign requires.',
  },
  malformed: {
    title: 'It could not be read',
    cure: 'Compare what your page sends with the reference under /docs. What was typed is not kept.',
  },
  rate_limited: {
    title: 'Too many from one network',
    cure: 'A machine, most likely: one network sent 600 within ten minutes. They can send again ten minutes later.',
  },
  phone_invalid: {
    title: 'The phone number is not one',
    cure: 'The friend is asked to correct it. Check the country of the organization under Settings.',
  },
}

/** A friend whose advocate wasn't found is accepted anyway, until staff choose the advocate. */
const withoutAdvocate: Words = {
  title: 'Saved without an advocate',
  cure: 'Open the referral and say who sent the friend. Through a link, with ?ref=CODE, this happens by itself.',
}

function refusalOf({ kind, fields }: Pick<OutcomeText, 'kind' | 'fields'>, outcome: keyof typeof refusals): Words {
  if (kind === 'submit' && outcome === 'no_code') return withoutAdvocate
  const { title, cure } = refusals[outcome]
  return { title: fields?.length ? `${title}: ${fields.join(', ')}` : title, cure }
}

/** Describes an event. `who` is the advocate's name. */
export function wordsOf(event: OutcomeText, who: string | null): Words {
  const { kind, mode, outcome } = event
  const advocate = who ?? 'an advocate'
  if (outcome === 'attributed_by_hand') return { title: `Attributed by hand to ${advocate}`, cure: null }
  if (outcome !== 'attributed') {
    const { title, cure } = refusalOf(event, outcome)
    return { title: mode === 'test' ? `Test: ${title.charAt(0).toLowerCase()}${title.slice(1)}` : title, cure }
  }
  const title = {
    form: `Form shown to a friend of ${advocate}`,
    visit: `Link of ${advocate} followed`,
    submit: mode === 'test' ? `would be attributed to ${advocate}` : `Attributed to ${advocate}`,
  }[kind]
  const lowered = kind === 'submit' ? title : title.charAt(0).toLowerCase() + title.slice(1)
  return { title: mode === 'test' ? `Test: ${lowered}` : title, cure: null }
}
