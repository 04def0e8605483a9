import type { PortalHome, PortalProgram } from '@goodword/contracts'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import { displayLink, shortLink } from '../home/homeText.ts'
import { say } from '../words.ts'
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
          <QrPopover card={card} caption={displayLink(program.link)} />
        </>
      ) : (
        <p class="notice">
          <Icon name="info" />
          <span>
            <b>{say('portal.campaign.closedTitle', { campaign: program.campaignName })}</b>{' '}
            {say('portal.campaign.closedLine')}
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

  /** The link on screen is shortened; a copied one never is. */
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
          aria-label={say('widget.share.link')}
          value={shown}
          onCopy={copyWhole}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button class="btn primary" type="button" onClick={() => model.copy(link)}>
          <Icon name={copied === 'yes' ? 'check' : 'copy'} />
          {say(copied === 'yes' ? 'widget.share.copied' : 'widget.share.copy')}
        </button>
      </div>
      <p class={copied === 'by-hand' ? 'byhand' : 'sr-only'} role="status">
        {copied === 'yes' && say('widget.share.copied')}
        {copied === 'by-hand' && say('portal.share.noCopy')}
      </p>
    </>
  )
}

function ShareRow({ message, model }: { message: ShareMessage; model: ShareModel }) {
  return (
    <fieldset class="share" aria-label={say('widget.share.shareOn')}>
      {model.canShare && (
        <button type="button" onClick={() => model.share(message)}>
          <span>
            <Icon name="share" />
          </span>
          {say('widget.share.native')}
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
        {say('widget.share.sms')}
      </a>
      <a href={shareTargets.email(message)}>
        <span>
          <Icon name="mail" />
        </span>
        {say('widget.share.email')}
      </a>
      <button type="button" popovertarget={qrPopoverId}>
        <span>
          <Icon name="qr-code" />
        </span>
        {say('widget.share.qr')}
      </button>
    </fieldset>
  )
}
