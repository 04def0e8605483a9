import bannerWords from 'virtual:words/text/en/banner'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { attributeOf } from '../ui/attributes.ts'
import type { Shown } from '../ui/element.tsx'
import { Icon } from '../ui/icons.tsx'
import { element } from '../ui/ui.ts'
import css from './banner.css?inline'
import closeCss from './close.css?inline'
import { keepFocusInSight } from './focus.ts'
import { bannerChanged } from './room.ts'

/** Shows friends who came through a link what they get, until they dismiss it. The element itself stays in the page. */
function BannerElement({ host, page, say, form, advocate }: Shown & { advocate: { firstName: string } }) {
  const [dismissed, dismiss] = useState(false)
  const node = useRef<HTMLElement>(null)
  useLayoutEffect(() => keepFocusInSight(host), [])
  useLayoutEffect(() => bannerChanged(node.current), [dismissed])
  if (dismissed || !form) return null
  const { offer, organization } = form
  const href = attributeOf(host, 'href')
  const remember = async () => {
    dismiss(true)
    const referral = await page.getReferral()
    if (referral) {
      page.memory = { ...referral, dismissed: true }
      page.draw('capture')
    }
  }
  return (
    <section ref={node} className="banner" part="banner" aria-label={say('gift')}>
      <p className="from" role="status">
        {offer?.figure
          ? say('gave', advocate.firstName, offer.sentence)
          : say('sentYou', advocate.firstName, organization.name)}
      </p>
      {href && (
        <a href={href} part="link">
          {say('see')}
        </a>
      )}
      <button className="close" part="close" type="button" aria-label={say('dismiss')} onClick={remember}>
        <Icon name="cross" />
      </button>
    </section>
  )
}

/** Hidden from everyone who did not come through a link. */
export const banner = element({ english: bannerWords, css: closeCss + css }, BannerElement, ({ form }) =>
  form?.advocate && !form.closed ? { advocate: form.advocate, brandColor: form.organization.brandColor } : null,
)
