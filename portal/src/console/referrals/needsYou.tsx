import { lazy } from 'preact-iso'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { rewardsToDecide } from '../core/rewardsToDecide.ts'
import './needsYou.css'

const JobsToDecide = lazy(() => import('../jobs/jobsToDecide.tsx').then((it) => it.JobsToDecide).catch(() => NotLoaded))

function NotLoaded() {
  return <Notice tone="bad">What jobs leave to decide did not load.</Notice>
}

/** What waits for the team beside the referrals themselves; nothing if nothing does. The numbers are those of the side bar. */
export function NeedsYou() {
  const { rewards, jobs } = useConsole()
  const tasks = rewardsToDecide(rewards.data.value)
  const ofJobs = jobs.data.value?.tabs.needs_you ?? 0
  if (tasks.length === 0 && ofJobs === 0) return null
  return (
    <section class="card needs-you" aria-labelledby="needs-you">
      <header>
        <h2 id="needs-you">Needs you</h2>
        {tasks.length > 0 && (
          <ul>
            {tasks.map(({ text, href }) => (
              <li key={href}>
                <a class="link" href={href}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        )}
      </header>
      {ofJobs > 0 && <JobsToDecide count={ofJobs} />}
    </section>
  )
}
