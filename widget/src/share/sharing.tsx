import type { EmbedShare } from '@goodword/contracts'
import { useRef, useState } from 'preact/hooks'
import type { Shown } from '../ui/element.tsx'
import { Shape } from '../ui/icons.tsx'
import type { Say } from '../ui/language.ts'

const copiedMs = 2_000

/** A text to copy; `label` is the name of its label. */
export function Copyable({ value, label, say }: { value: string; label: string; say: Say }) {
  const input = useRef<HTMLInputElement>(null)
  const [told, tell] = useState<'copied' | 'copyByHand' | null>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      tell('copied')
    } catch {
      // Without permission to use the clipboard, selects the text for manual copying.
      input.current?.focus()
      tell('copyByHand')
    }
    setTimeout(() => tell(null), copiedMs)
  }
  return (
    <div className="link">
      <input
        ref={input}
        className="input"
        part="input"
        readOnly
        value={value}
        dir="ltr"
        aria-label={say(label, value)}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <button type="button" className="button primary" part="button" onClick={copy}>
        {say(told === 'copied' ? 'copied' : 'copy')}
      </button>
      <span className="sr-only" role="status">
        {told && say(told)}
      </span>
    </div>
  )
}

const shapes = {
  native: 'M4 12v8a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-8M16 6l-4-4-4 4M12 2v13',
  whatsapp:
    'M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719',
  sms: 'M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2zM7 11h10M7 15h6M7 7h8',
  mail: 'm22 7-9 5.7a2 2 0 0 1-2 0L2 7M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2',
  qr: 'M3 3h5v5H3zM16 3h5v5h-5zM3 16h5v5H3zM21 16h-3a2 2 0 0 0-2 2v3M21 21v.01M12 7v3a2 2 0 0 1-2 2H7M3 12h.01M12 3h.01M12 16v.01M16 12h1M21 12v.01M12 21v-1',
} as const

export function Ways({
  share: { message, organization, link },
  say,
  page,
}: Pick<Shown, 'say' | 'page'> & { share: EmbedShare }) {
  const text = encodeURIComponent(message)
  const subject = encodeURIComponent(say('subject', organization.name))
  const links = [
    ['whatsapp', 'WhatsApp', `https://wa.me/?text=${text}`],
    ['sms', say('sms'), `sms:?&body=${text}`],
    ['mail', say('mail'), `mailto:?subject=${subject}&body=${text}`],
  ] as const
  const [qr, setQr] = useState<{ path: string; side: number } | null>(null)
  // Few people open the QR code, so it is loaded on demand.
  const toggleQr = () =>
    qr
      ? setQr(null)
      : page.part<typeof import('./qr.ts')>('qr').then(
          ({ pathOf }) => setQr(pathOf(link)),
          () => {},
        )
  return (
    <div className="form">
      <ul className="targets" aria-label={say('shareOn')}>
        {'share' in navigator && (
          <li>
            <button type="button" className="target" onClick={() => navigator.share({ text: message }).catch(() => {})}>
              <Way shape="native" label={say('native')} />
            </button>
          </li>
        )}
        {links.map(([shape, label, href]) => (
          <li key={shape}>
            <a className="target" href={href} target="_blank" rel="noopener">
              <Way shape={shape} label={label} />
            </a>
          </li>
        ))}
        <li>
          <button type="button" className="target" aria-expanded={!!qr} onClick={toggleQr}>
            <Way shape="qr" label={say('qr')} />
          </button>
        </li>
      </ul>
      {qr && (
        <div className="qr">
          <svg viewBox={`0 0 ${qr.side} ${qr.side}`} role="img" aria-label={say('qrOf')} shape-rendering="crispEdges">
            <path d={qr.path} />
          </svg>
        </div>
      )}
    </div>
  )
}

const Way = ({ shape, label }: { shape: keyof typeof shapes; label: string }) => (
  <>
    <span>
      <Shape d={shapes[shape]} />
    </span>
    {label}
  </>
)
