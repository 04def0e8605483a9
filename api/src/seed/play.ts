import type { Campaigns } from './campaigns.ts'
import { type JobSystem, workOffAsks } from './jobs/jobSystem.ts'
import type { Company, DemoServices } from './organization.ts'

/** An advocate in the demo. */
export type DemoAdvocate = { enrollmentId: string; contactId: string; code: string }
export type Moment = { at: number; happens: () => Promise<unknown> }

/** The demo while its year goes by: what exists by now, and the moments that are still to come, until `now`. */
export type Play = {
  demo: DemoServices
  now: number
  company: Company
  campaigns: Campaigns
  advocates: Map<string, DemoAdvocate>
  moments: Moment[]
  /** Null until it is connected. */
  jobs: JobSystem | null
  /** The moment at which the queue of asks is looked at next. */
  asksAt: number | null
}

export function advocateNamed(play: Play, name: string): DemoAdvocate {
  const player = play.advocates.get(name)
  if (!player) throw new Error(`${name} refers a friend before being an advocate.`)
  return player
}

/** Asks whoever is due, and comes back when the next is. */
export async function askWhoIsDue(play: Play): Promise<void> {
  if (!play.jobs) return
  const next = await workOffAsks(play.jobs)
  if (next === null || next > play.now || next === play.asksAt) return
  play.asksAt = next
  play.moments.push({ at: next, happens: () => askWhoIsDue(play) })
}
