import { useRoute } from 'preact-iso'
import './leaderboard.css'

const tabs = [
  { path: '/console/advocates', label: 'Advocates' },
  { path: '/console/advocates/leaderboard', label: 'Leaderboard' },
] as const

/** The pages of Advocates. Each has an address of its own, so that it can be sent to a colleague. */
export function AdvocateTabs() {
  const { path } = useRoute()
  return (
    <nav class="tabs pages" aria-label="Advocates">
      {tabs.map((tab) => (
        <a key={tab.path} href={tab.path} aria-current={tab.path === path ? 'page' : undefined}>
          {tab.label}
        </a>
      ))}
    </nav>
  )
}
