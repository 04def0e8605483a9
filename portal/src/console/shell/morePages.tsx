import { useId, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Icon } from '../../shared/ui/icon.tsx'
import { isCurrent, type NavPage } from './navLink.tsx'

/** On a phone: the remaining pages, in a sheet above the bar. */
export function MorePages({ places }: { places: NavPage[] }) {
  const id = useId()
  const sheet = useRef<HTMLDivElement>(null)
  const { path } = useLocation()
  const here = places.find((place) => isCurrent(path, place))
  return (
    <div class="more">
      <button type="button" popovertarget={id} class={here ? 'here' : undefined}>
        <Icon name="menu" />
        More
        {here && <span class="sr-only">, you are at {here.label}</span>}
      </button>
      <div ref={sheet} id={id} class="sheet" popover="auto">
        <nav aria-label="More">
          {places.map((place) => (
            <a
              key={place.href}
              href={place.href}
              aria-current={isCurrent(path, place) ? 'page' : undefined}
              onClick={() => sheet.current?.hidePopover()}
            >
              <Icon name={place.icon} />
              {place.label}
            </a>
          ))}
        </nav>
      </div>
    </div>
  )
}
