import { useLocation } from 'preact-iso'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'

export type Place = {
  href: string
  label: string
  icon: IconName
  count?: number | undefined
  countOf?: string
}

/** Whether one is at this place or somewhere below it. */
export const isAt = (path: string, { href }: Place) => path === href || path.startsWith(`${href}/`)

/** A place of the console. `rest` stands behind “More” on a phone. */
export function NavLink({ rest = false, ...place }: Place & { rest?: boolean }) {
  const { path } = useLocation()
  const { href, label, icon, count, countOf } = place
  return (
    <a
      href={href}
      title={label}
      class={rest ? 'rest' : undefined}
      aria-current={isAt(path, place) ? 'page' : undefined}
    >
      <Icon name={icon} />
      {label}
      {count !== undefined && (
        <span class="n">
          {count.toLocaleString('en-US')}
          <span class="sr-only"> {countOf}</span>
        </span>
      )}
    </a>
  )
}
