import { createPortal } from 'preact/compat'
import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import { say } from '../words.ts'
import type * as Print from './printCard.tsx'
import type { CardFacts } from './printCard.tsx'
import type * as Qr from './qr.ts'

export const qrPopoverId = 'qr'

/** Loads and draws the code on demand, because few people open it. */
export function QrPopover({ card, caption }: { card: CardFacts; caption: string }) {
  const [sent, setAsked] = useState(false)
  return (
    <div
      id={qrPopoverId}
      popover="auto"
      class="menu pad qrpop"
      role="dialog"
      aria-label={say('portal.qr.title')}
      onBeforeToggle={() => setAsked(true)}
    >
      {sent && <QrCode card={card} caption={caption} />}
      <button class="btn quiet" type="button" autofocus popovertarget={qrPopoverId} popovertargetaction="hide">
        {say('portal.close')}
      </button>
    </div>
  )
}

type Tools = typeof Qr & typeof Print

function QrCode({ card, caption }: { card: CardFacts; caption: string }) {
  const [qr, setQr] = useState<Tools | 'failed' | null>(null)
  useEffect(() => {
    const tools = Promise.all([import('./qr.ts'), import('./printCard.tsx')])
    tools.then(
      ([drawn, print]) => setQr({ ...drawn, ...print }),
      () => setQr('failed'),
    )
  }, [])
  if (qr === 'failed') return <p role="alert">{say('portal.qr.failed')}</p>
  if (!qr) return <div class="qr waiting" />
  const drawing = qr.drawQr(card.link)
  return (
    <>
      <figure class="qr">
        <svg
          viewBox={`0 0 ${drawing.size} ${drawing.size}`}
          role="img"
          aria-label={say('portal.qr.of', { link: caption })}
          shape-rendering="crispEdges"
        >
          <path fill="#1d1a17" d={qr.qrPath(drawing)} />
        </svg>
        <figcaption>{caption}</figcaption>
      </figure>
      <p>{say('portal.qr.how')}</p>
      <div class="saves">
        <button class="btn" type="button" onClick={() => savePicture(qr, drawing)}>
          <Icon name="download" />
          {say('portal.qr.image')}
        </button>
        <button class="btn" type="button" onClick={() => save(qr.qrSvgFile(drawing), 'my-link.svg')}>
          <Icon name="download" />
          {say('portal.qr.print')}
        </button>
      </div>
      <button class="btn tint block" type="button" onClick={() => print()}>
        <Icon name="receipt" />
        {say('portal.qr.card')}
      </button>
      {createPortal(<qr.PrintCard {...card} />, document.body)}
    </>
  )
}

async function savePicture(qr: typeof Qr, drawing: Qr.QrDrawing) {
  const picture = await qr.qrPngFile(drawing)
  if (picture) save(picture, 'my-link.png')
  else save(qr.qrSvgFile(drawing), 'my-link.svg')
}

function save(file: Blob, name: string) {
  const address = URL.createObjectURL(file)
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
