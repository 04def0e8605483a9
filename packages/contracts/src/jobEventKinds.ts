/** How a system that reports jobs is connected, and so how its requests are signed. */
export const connectionKinds = ['standard_webhooks', 'hmac', 'stripe', 'shopify', 'woocommerce', 'token'] as const
export type ConnectionKind = (typeof connectionKinds)[number]

/** What an event says has happened, in our words. `job.opened`: the job is known, but isn't done or paid. */
export const jobEventTypes = [
  'job.opened',
  'job.completed',
  'review.received',
  'job.invoiced',
  'job.refunded',
  'job.canceled',
  'opportunity.won',
  'contact.upserted',
] as const
export type JobEventType = (typeof jobEventTypes)[number]

/** A job's state only moves forward; a full refund that is taken back makes it invoiced again. */
export const jobStates = ['open', 'completed', 'canceled', 'invoiced', 'refunded'] as const
export type JobState = (typeof jobStates)[number]

/** received: it is saved and about to be read. */
export const jobEventOutcomes = ['received', 'applied', 'ignored', 'waiting', 'rejected', 'duplicate'] as const
export type JobEventOutcome = (typeof jobEventOutcomes)[number]

/** Why an event ended as it did. A sentence is made from it and the event's facts. */
export const jobEventReasons = [
  // applied
  'job_opened',
  'job_completed',
  'job_invoiced',
  'job_canceled',
  'job_updated',
  'job_refunded',
  'refund_given_back',
  'score_recorded',
  'contact_saved',
  'ids_linked',
  // ignored
  'type_not_used',
  'condition_not_met',
  'test_event',
  'nothing_new',
  'older_than_known',
  'refund_pending',
  'refund_failed',
  'canceled_after_invoice',
  'payment_disputed',
  'opportunity_not_used',
  'connection_paused',
  'jobs_off',
  // waiting
  'waits_for_job',
  'waits_for_invoice',
  // rejected
  'body_empty',
  'body_not_utf8',
  'body_not_json',
  'body_repeats_field',
  'body_too_deep',
  'body_not_an_object',
  'list_empty',
  'list_too_long',
  'stripe_thin_payload',
  'type_missing',
  'job_missing',
  'opportunity_missing',
  'person_missing',
  'score_missing',
  'score_invalid',
  'amount_missing',
  'amount_unreadable',
  'amount_negative',
  'amount_too_large',
  'currency_unknown',
  'currency_changed',
  'job_never_arrived',
  'mapping_missing',
  'broke_on_our_side',
  'request_refused',
  // duplicate
  'sent_again',
  'happened_already',
] as const
export type JobEventReason = (typeof jobEventReasons)[number]

/** What stands beside a reason: things that were understood otherwise than they were sent. */
export const jobEventNotes = [
  'amount_rounded',
  'email_made_up',
  'email_invalid',
  'phone_invalid',
  'no_person',
  'no_amount',
  'clock_ahead',
  'history',
] as const
export type JobEventNote = (typeof jobEventNotes)[number]

/** The tabs of the list of events. refused: it could not be read. */
export const jobEventTabs = ['needs_you', 'did_something', 'did_nothing', 'refused'] as const
export type JobEventTab = (typeof jobEventTabs)[number]

/** Why a request was answered 401, 413 or 503. The sender isn't told which. */
export const connectionFailures = [
  'signature_missing',
  'signature_wrong',
  'clock_off',
  'secret_missing',
  'secret_unreadable',
  'body_too_large',
] as const
export type ConnectionFailure = (typeof connectionFailures)[number]
