import { say } from '../words.ts'
import { drawQr, qrPath } from './qr.ts'

export type CardFacts = {
  business: string
  phone: string | null
  from: string
  offer: string
  code: string
  link: string
}

/** A postcard-size card to hand out; only visible in print. */
export function PrintCard({ business, phone, from, offer, code, link }: CardFacts) {
  const drawing = drawQr(link)
  return (
    <section class="printcard" aria-hidden="true">
      <p class="biz">{business}</p>
      <p class="offer">{offer}</p>
      <p class="from">{say('portal.card.scan', { advocate: from })}</p>
      <svg
        role="img"
        aria-label={say('widget.share.qr')}
        viewBox={`-4 -4 ${drawing.size + 8} ${drawing.size + 8}`}
        shape-rendering="crispEdges"
      >
        <rect x="-4" y="-4" width={drawing.size + 8} height={drawing.size + 8} fill="#fff" />
        <path fill="#000" d={qrPath(drawing)} />
      </svg>
      <p class="code">
        {say('portal.card.code')} <b>{code}</b>
      </p>
      <p class="where">
        <bdi dir="ltr">
          {phone ? `${phone} · ${link.replace(/^https?:\/\//, '')}` : link.replace(/^https?:\/\//, '')}
        </bdi>
      </p>
    </section>
  )
}
