import type { Client } from '@goodword/client'
import type { JobEventSummary, Me, ReferralSummary, RewardSummary } from '@goodword/contracts'
import type { Signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Toasts } from '../../shared/ui/toast.tsx'
import type { Session } from '../session/session.model.ts'
import type { Resource } from './resource.ts'

/** What every signed-in screen can use. */
export type Console = {
  client: Client
  session: Session
  me: Me
  toasts: Toasts
  /** Counts for the navigation and the list header; reloaded after each change. */
  summary: Resource<ReferralSummary>
  /** Counts of rewards to approve and requests to answer; reloaded after each change. */
  rewards: Resource<RewardSummary>
  /** Counts of job events by what came of them; not loaded while jobs are off. */
  jobs: Resource<JobEventSummary>
  /** The current time, updated every half minute so that "2 min ago" stays true. */
  now: Signal<number>
  /** The question to ask before the user leaves the page; null asks nothing. */
  leaving: Signal<string | null>
}

export const ConsoleContext = createContext<Console | null>(null)

/** Throws when used outside the shell. */
export function useConsole(): Console {
  const found = useContext(ConsoleContext)
  if (!found) throw new Error('This screen was drawn outside the console.')
  return found
}
