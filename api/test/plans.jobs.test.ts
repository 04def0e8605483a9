import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInstallation, type Installation } from '../../bench/installation.ts'
import { createRecorder, type Recorded, type Recorder } from '../../bench/recording.ts'
import { timedJobs } from '../src/jobs.ts'
import type { Services } from '../src/shared/context.ts'

/** Jobs run for ever, on a database of any size: what is not due must cost nothing. */
describe('a job that runs every second and has nothing to do', () => {
  let installation: Installation
  let recorder: Recorder
  let database: InstanceType<typeof Libsql>
  const recorded = new Map<string, Recorded>()
  const often = new Set<string>()
  beforeAll(async () => {
    installation = await createInstallation(12)
    const file = installation.copy()
    recorder = await createRecorder(file)
    database = new Libsql(file)
    const names: string[] = []
    // The first run of each takes care of what is new.
    await recorder.recordWork(async (services) => {
      for (const job of timedJobs(services)) {
        names.push(job.name)
        if (job.everyMs <= 60_000) often.add(job.name)
        while ((await job.run()) > 0);
      }
    })
    for (const name of names) {
      const run = (services: Services) =>
        timedJobs(services)
          .find((job) => job.name === name)
          ?.run() ?? Promise.reject()
      recorded.set(name, await recorder.recordWork(run))
    }
  })
  afterAll(async () => {
    database.close()
    await recorder.close()
    installation.remove()
  })

  const planOf = ({ sql, params }: Recorded[number]) =>
    (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).raw().all(params) as [number, number, number, string][]).map(
      ([, , , detail]) => detail,
    )
  /** The recursion steps from one campaign or organization to the next in an index; these are its own rows. */
  const reads = (detail: string) =>
    /^(SCAN|SEARCH) /.test(detail) && !/^SCAN (campaign|organization|json_each)$/.test(detail)
  const readsOf = (name: string) => (recorded.get(name) ?? []).flatMap(planOf).filter(reads)

  const stepsOf = () => Object.fromEntries([...often].map((name) => [name, readsOf(name)]))

  it('takes a step or two in the index of what is due', () => {
    expect(stepsOf()).toEqual(aStepOrTwo)
  })

  it('does so too where an index of what is due is empty, about which SQLite keeps no statistics', () => {
    database.exec('ANALYZE')
    database.exec(
      "DELETE FROM sqlite_stat1 WHERE tbl IN ('rewards', 'discount_codes', 'campaign_expiry', 'referral_digests')",
    )
    database.exec(`INSERT INTO sqlite_stat1 VALUES ('rewards', 'rewards_pending_of_contact', '4949 2 1'),
      ('rewards', 'rewards_due', '4080 1'), ('rewards', 'sqlite_autoindex_rewards_1', '615250 1')`)
    database.exec('ANALYZE sqlite_schema')
    expect(stepsOf()).toEqual(aStepOrTwo)
  })
})

const aStepOrTwo = {
  rewards: ['SEARCH rewards USING INDEX rewards_due (available_at<?)'],
  'waiting rewards': [
    // None waits for a code, so the recursion ends with its first step.
    'SEARCH rewards USING INDEX sqlite_autoindex_rewards_1 (id=?)',
    'SEARCH rewards USING INDEX rewards_for_pool',
    'SEARCH rewards USING INDEX rewards_for_pool (campaign_id>?)',
    'SEARCH d USING INDEX discount_codes_free (campaign_id=?)',
    'SEARCH due USING INDEX rewards_for_pool (campaign_id=? AND available_at<?)',
  ],
  'gift cards that wait': ['SEARCH reward_deliveries USING INDEX reward_deliveries_waiting (updated_at<?)'],
  'codes that are over': [
    'SEARCH discount_codes USING INDEX discount_codes_ending',
    'SEARCH discount_codes USING INDEX discount_codes_ending (organization_id>?)',
    'SEARCH d USING INDEX discount_codes_ending (organization_id=? AND last_day>? AND last_day<?)',
  ],
  // Nothing is buffered.
  'embed flush': [],
  'install flush': [],
  referrals: ['SEARCH campaign_expiry USING INDEX campaign_expiry_due (next_at<?)'],
  'referral digests': ['SEARCH referral_digests USING INDEX referral_digests_due (due_at>? AND due_at<?)'],
  'leaderboard months': ['SEARCH leaderboard_redating USING PRIMARY KEY (organization_id>?)'],
}
