import { may } from '@goodword/domain'
import { useEffect, useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { createResource } from '../core/resource.ts'
import './testBanner.css'

const everyMs = 30_000
const place = '/console/install'

const listed = (names: string[]) => new Intl.ListFormat('en-US', { type: 'conjunction' }).format(names)

/** On every page while a website was last seen with a test key: its referrals are not saved, and somebody must know. */
export function TestBanner() {
  const { client, me } = useConsole()
  const { path } = useLocation()
  const { actor } = me
  const allowed = actor.type === 'member' && may(actor.role, 'settings:read')
  const check = useMemo(() => createResource((abort) => client.install.check(undefined, { signal: abort })), [client])
  useEffect(() => {
    if (!allowed) return
    void check.load()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void check.load()
    }, everyMs)
    return () => clearInterval(timer)
  }, [check, allowed])
  const sites = check.data.value?.testing.map((origin) => origin.replace(/^https?:\/\//, '')) ?? []
  if (sites.length === 0) return null
  const [one, many] = ['sends test referrals', 'send test referrals']
  return (
    <div class="test-banner" role="status">
      <Icon name="flask" />
      <span>
        <b>
          {listed(sites)} {sites.length === 1 ? one : many}.
        </b>{' '}
        Everything is checked, and nothing is saved.
      </span>
      {path !== place && (
        <ButtonLink href={place} size="sm">
          Open Install
        </ButtonLink>
      )}
    </div>
  )
}
