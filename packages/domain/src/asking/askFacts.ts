import type { AskRule } from '@goodword/contracts'
import type { AddressFacts, AskChannel, NoEmail, NoText } from './channels.ts'

/** When a job reached a status, by the event's own time, and when we first heard of it; milliseconds since 1970. */
export type Reached = { at: number; heardAt: number }

export type AskJob = {
  id: string
  completed: Reached | null
  invoiced: Reached | null
  canceled: boolean
  /** All of its value was refunded. */
  refunded: boolean
  /** When its connection was made; null for a job that staff entered. */
  connectedAt: number | null
  /** Staff chose not to ask because of it. */
  dontAsk: boolean
}

/** A score of a job of this contact, by the time it was given. */
export type AskScore = { jobId: string; value: number; at: number }

/** Another invitation or request to the same contact, of any campaign. `at`: when it was sent, or will be. */
export type OtherAsk = { id: string; campaignId: string; jobId: string | null; state: 'scheduled' | 'sent'; at: number }

/** The invitation that this decision is about, once it exists. */
export type AskInvitation =
  | { state: 'scheduled' }
  | {
      state: 'sent'
      kind: 'ask' | 'reminder'
      sentAt: number
      /** A person opened the page, shared the link or referred somebody. */
      opened: boolean
      followUpSentAt: number | null
    }

/** Everything that decides about one contact, campaign and job. */
export type AskFacts = {
  now: number
  rule: AskRule
  /** Of the organization. */
  timeZone: string
  campaignOpen: boolean
  job: AskJob
  /** All scores of the contact's jobs, in any order. */
  scores: readonly AskScore[]
  /** Erased, merged or archived. */
  contactGone: boolean
  /** They turned messages about the program off. */
  programOff: boolean
  addresses: AddressFacts
  /** In this campaign. An enrollment made by this very invitation is none. */
  enrollment: 'none' | 'active' | 'inactive'
  otherAsks: readonly OtherAsk[]
  invitation: AskInvitation | null
}

/** Why nothing is sent, with the facts that words make a sentence of. Days are calendar days of the organization. */
export type AskRefusal =
  | { reason: 'asking_off' | 'campaign_closed' | 'contact_gone' | 'program_off' | 'link_inactive' }
  | { reason: 'job_canceled' | 'job_refunded' | 'staff_said_no' }
  | { reason: 'before_connection'; finishedOn: string; connectedOn: string }
  | { reason: 'finished_long_ago'; days: number }
  | { reason: 'score_low'; score: number; minScore: number; jobId: string }
  | { reason: 'no_score'; days: number }
  | { reason: 'asked_for_this_job'; days: number }
  | { reason: 'asked_lately'; days: number; gapDays: number; againOn: string }
  | { reason: 'ask_scheduled'; invitationId: string; campaignId: string; at: number }
  | { reason: 'no_channel'; text: NoText | null; email: NoEmail | null }
  | { reason: 'no_follow_up' | 'followed_up' | 'opened' }

export type AskDecision =
  /** Send at `at`, which is `dueAt` moved out of quiet hours. If `at` has come, send now. */
  | { do: 'send'; what: 'ask' | 'reminder' | 'follow_up'; at: number; dueAt: number; channels: AskChannel[] }
  /** For the job's trigger, or for a score until then. Decide again at `until`, or when an event comes. */
  | { do: 'wait'; for: 'trigger'; until: null }
  | { do: 'wait'; for: 'score'; until: number }
  /** `cancel`: an invitation was scheduled and must not be sent. */
  | ({ do: 'nothing' | 'cancel' } & AskRefusal)
