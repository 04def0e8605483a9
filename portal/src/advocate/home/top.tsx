import type { PortalHome } from '@goodword/contracts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import type { PortalModel } from '../portal.model.ts'
import { say } from '../words.ts'

/** The business, with a menu of the person's other businesses. */
export function Top({ portal, home }: { portal: PortalModel; home: PortalHome }) {
  const { organization, others } = home
  return (
    <header class="top">
      {organization.logo ? (
        <img class="logo" src={organization.logo} alt="" width="32" height="32" />
      ) : (
        <span class="mark" aria-hidden="true">
          {organization.name.slice(0, 1).toUpperCase()}
        </span>
      )}
      {others.length === 0 ? (
        <b>{organization.name}</b>
      ) : (
        <span class="select businesses">
          <select
            class="input"
            aria-label={say('portal.business')}
            value={organization.id}
            aria-busy={portal.switching.value}
            onChange={(event) => portal.switchTo(event.currentTarget.value)}
          >
            {[organization, ...others].map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <Icon name="chevron-down" />
        </span>
      )}
      <button
        class="me"
        type="button"
        aria-label={say('portal.account.mine', { initials: home.initials })}
        onClick={() => portal.url.go('account')}
      >
        <Avatar name={home.firstName} initials={home.initials} size="lg" />
      </button>
    </header>
  )
}
