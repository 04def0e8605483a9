import bannerWords from 'virtual:words/text/en/banner'
import formWords from 'virtual:words/text/en/form'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { invitation } from '../form/voucher.tsx'
import { attributeOf } from '../ui/attributes.ts'
import type { Shown } from '../ui/element.tsx'
import { Icon } from '../ui/icons.tsx'
import { element } from '../ui/ui.ts'
import css from './banner.css?inline'
import closeCss from './close.css?inline'
import { keepFocusInSight } from './focus.ts'
import { bannerChanged } from './room.ts'

/** Shows friends who came through a link what they get, until they dismiss it. The element itself stays in the page. */
function BannerElement({ host, page, say, form }: Shown) {
  const [dismissed, dismiss] = useState(false)
  const node = useRef<HTMLElement>(null)
  useLayoutEffect(() => keepFocusInSight(host), [])
  useLayoutEffect(() => bannerChanged(node.current), [dismissed])
  if (dismissed || !form) return null
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
        {invitation(form, say)}
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
export const banner = element(
  { english: { ...formWords, ...bannerWords }, css: closeCss + css },
  BannerElement,
  ({ form }) => (form?.advocate && !form.closed ? { brandColor: form.organization.brandColor } : null),
)
