import { useId, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Icon } from '../../shared/ui/icon.tsx'
import { isAt, type Place } from './navLink.tsx'

/** On a phone: the places there is no room for, in a sheet above the bar. */
export function MorePlaces({ places }: { places: Place[] }) {
  const id = useId()
  const sheet = useRef<HTMLDivElement>(null)
  const { path } = useLocation()
  const here = places.find((place) => isAt(path, place))
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
              aria-current={isAt(path, place) ? 'page' : undefined}
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
