import { useLocation } from 'preact-iso'
import { countText } from '../../shared/ui/count.ts'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'

export type NavPage = {
  href: string
  label: string
  icon: IconName
  count?: number | undefined
  countOf?: string
}

/** Whether the current page is this one or below it. */
export const isCurrent = (path: string, { href }: NavPage) => path === href || path.startsWith(`${href}/`)

/** A page in the navigation. On a phone, `rest` pages are behind “More”. */
export function NavLink({ rest = false, ...place }: NavPage & { rest?: boolean }) {
  const { path } = useLocation()
  const { href, label, icon, count, countOf } = place
  return (
    <a
      href={href}
      title={label}
      class={rest ? 'rest' : undefined}
      aria-current={isCurrent(path, place) ? 'page' : undefined}
    >
      <Icon name={icon} />
      {label}
      {count !== undefined && (
        <span class="n">
          {countText(count)}
          <span class="sr-only"> {countOf}</span>
        </span>
      )}
    </a>
  )
}
