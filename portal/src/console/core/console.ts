import type { Client } from '@goodword/client'
import type { Me, ReferralSummary, RewardSummary } from '@goodword/contracts'
import type { Signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Toasts } from '../../shared/ui/toast.tsx'
import type { Session } from '../session/session.model.ts'
import type { Resource } from './resource.ts'

/** What every screen has at hand once somebody is signed in. */
export type Console = {
  client: Client
  session: Session
  me: Me
  toasts: Toasts
  /** Counts and figures beside the navigation and above the list; loaded again after each change. */
  summary: Resource<ReferralSummary>
  /** How many rewards wait for a decision, and how many requests for an answer; loaded again after each change. */
  rewards: Resource<RewardSummary>
  /** The time, renewed every half minute, so that "2 min ago" stays true. */
  now: Signal<number>
  /** Ask before a link is followed; null lets it pass. */
  leaving: Signal<string | null>
}

export const ConsoleContext = createContext<Console | null>(null)

/** Only below the shell; a screen outside it is a mistake of ours. */
export function useConsole(): Console {
  const found = useContext(ConsoleContext)
  if (!found) throw new Error('This screen was drawn outside the console.')
  return found
}
