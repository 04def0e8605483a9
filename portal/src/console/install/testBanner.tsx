import { may } from '@goodword/domain'
import { useEffect, useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { createResource } from '../core/resource.ts'
import './testBanner.css'

const refreshMs = 30_000
const installPath = '/console/install'

const formatList = (names: string[]) => new Intl.ListFormat('en-US', { type: 'conjunction' }).format(names)

/** Shown on every page while a website uses a test key, because its referrals are not saved. */
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
    }, refreshMs)
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
          {formatList(sites)} {sites.length === 1 ? one : many}.
        </b>{' '}
        Everything is checked, and nothing is saved.
      </span>
      {path !== installPath && (
        <ButtonLink href={installPath} size="sm">
          Open Install
        </ButtonLink>
      )}
    </div>
  )
}
