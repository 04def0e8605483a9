import { useEffect } from 'preact/hooks'
import { AfterDelay } from '../shared/ui/skeleton.tsx'
import { HomePage } from './home/home.tsx'
import { HomeSkeleton } from './home/skeleton.tsx'
import type { PortalModel } from './portal.model.ts'
import type { ShareModel } from './share/share.model.ts'
import { SignedOutFrame } from './signIn/signedOutFrame.tsx'
import type { SignInModel } from './signIn/signIn.model.ts'
import { SignInPage } from './signIn/signIn.tsx'
import { TapPage } from './signIn/tap.tsx'
import { UnreachablePage } from './signIn/unreachable.tsx'
import { say } from './words.ts'

type AppProps = { portal: PortalModel; signIn: SignInModel; share: ShareModel }

export function App({ portal, signIn, share }: AppProps) {
  const stage = portal.stage.value
  const title = say('portal.title')
  const business = portal.home.home.value?.organization.name
  useEffect(() => {
    document.title = stage.name === 'home' && business ? `${title} · ${business}` : title
  }, [stage.name, business, title])

  if (stage.name === 'home') return <HomePage portal={portal} share={share} />
  if (stage.name === 'opening') {
    return (
      <AfterDelay>
        <HomeSkeleton />
      </AfterDelay>
    )
  }
  return (
    <SignedOutFrame>
      {stage.name === 'tap' && <TapPage busy={stage.busy} errorText={stage.errorText} onOpen={portal.openLink} />}
      {stage.name === 'sign-in' && (
        <SignInPage model={signIn} reason={stage.reason} expiredToken={stage.expiredToken} fresh={portal.fresh} />
      )}
      {stage.name === 'unreachable' && <UnreachablePage why={stage.why} onRetry={portal.retry} />}
    </SignedOutFrame>
  )
}
