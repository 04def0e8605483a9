import type { PortalHome, PortalProgram } from '@goodword/contracts'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import { shortLink, spokenLink } from '../home/wording.ts'
import { MessageEditor } from './messageEditor.tsx'
import { QrPopover, qrPopoverId } from './qrPopover.tsx'
import type { ShareModel } from './share.model.ts'
import { type ShareMessage, shareTargets } from './targets.ts'

type ShareCardProps = { program: PortalProgram; home: PortalHome; model: ShareModel }

export function ShareCard({ program, home, model }: ShareCardProps) {
  const { name: business, phone } = home.organization
  const message = { business, text: model.textOf(program.code, program.shareText), link: program.link }
  const card = {
    business,
    phone,
    from: home.firstName,
    offer: program.friendOffer || program.headline,
    code: program.code,
    link: program.link,
  }
  return (
    <section class="sec sharesec" aria-labelledby="share-title">
      <h2 id="share-title">{program.headline}</h2>
      <p>{program.explanation}</p>
      {program.open ? (
        <>
          <LinkBox link={program.link} model={model} />
          <ShareRow message={message} model={model} />
          <MessageEditor code={program.code} suggested={program.shareText} model={model} />
          <QrPopover card={card} caption={spokenLink(program.link)} />
        </>
      ) : (
        <p class="notice">
          <Icon name="info" />
          <span>
            <b>{program.campaignName} is closed to new friends.</b> What you earned stays yours.
          </span>
        </p>
      )}
    </section>
  )
}

function LinkBox({ link, model }: { link: string; model: ShareModel }) {
  const box = useRef<HTMLInputElement>(null)
  const copied = model.copied.value
  const shown = copied === 'by-hand' ? link : shortLink(link)

  /** What is shown is shortened; what leaves the page never is. */
  function copyWhole(event: ClipboardEvent) {
    event.clipboardData?.setData('text/plain', link)
    event.preventDefault()
  }

  useEffect(() => {
    if (copied !== 'by-hand') return
    box.current?.focus()
    box.current?.select()
  }, [copied])
  return (
    <>
      <div class="linkbox">
        <input
          ref={box}
          class={shown.length > 22 ? 'url long' : 'url'}
          readOnly
          aria-label="Your link"
          value={shown}
          onCopy={copyWhole}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button class="btn primary" type="button" onClick={() => model.copy(link)}>
          <Icon name={copied === 'yes' ? 'check' : 'copy'} />
          {copied === 'yes' ? 'Copied' : 'Copy'}
        </button>
      </div>
      <p class={copied === 'by-hand' ? 'byhand' : 'sr-only'} role="status">
        {copied === 'yes' && 'Copied'}
        {copied === 'by-hand' && 'Your browser does not copy for us here. The link is selected: copy it by hand.'}
      </p>
    </>
  )
}

function ShareRow({ message, model }: { message: ShareMessage; model: ShareModel }) {
  return (
    <fieldset class="share" aria-label="Share your link">
      {model.canShare && (
        <button type="button" onClick={() => model.share(message)}>
          <span>
            <Icon name="share" />
          </span>
          Share
        </button>
      )}
      <a href={shareTargets.whatsapp(message)} target="_blank" rel="noreferrer">
        <span>
          <Icon name="whatsapp" />
        </span>
        WhatsApp
      </a>
      <a href={shareTargets.sms(message)}>
        <span>
          <Icon name="message" />
        </span>
        SMS
      </a>
      <a href={shareTargets.email(message)}>
        <span>
          <Icon name="mail" />
        </span>
        Email
      </a>
      <button type="button" popovertarget={qrPopoverId}>
        <span>
          <Icon name="qr-code" />
        </span>
        QR code
      </button>
    </fieldset>
  )
}
